/** What a browser shows where the page was never built. No script and no style: the content policy holds for it as well. */
export const missingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Quarterdeck</title>
<h1>Quarterdeck is running, but its page is not here</h1>
<p>The folder with the built page is missing, so there is nothing to show in a browser.
Your sessions are safe, and the command line works.</p>
<p>Run <code>npm run build</code> in the folder of Quarterdeck, then load this page again.</p>
</html>
`;
