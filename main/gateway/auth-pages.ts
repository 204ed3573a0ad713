import { createHash } from 'node:crypto';
import { errors, type Problem } from '../protocol/errors.ts';
import type { Answer } from './route.ts';

/** The few pages a browser is shown on its way to and from an identity provider, where no script of ours has been loaded. */
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 28rem; padding: 1.5rem; }
h1 { font-size: 1.25rem; }
a { display: inline-block; padding: 0.6rem 1rem; border: 1px solid; border-radius: 0.6rem; color: inherit; text-decoration: none; }
small { opacity: 0.75; overflow-wrap: anywhere; }
`;
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, body: string, head = ''): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">${head}
<title>${escapeHtml(title)} – Quarterdeck</title>
<style>${style}</style>
<main><h1>${escapeHtml(title)}</h1>${body}</main>
</html>
`;

type Headers = Readonly<Record<string, string | readonly string[]>>;
const html = (text: string, status: number, headers: Headers): Answer => ({
  text,
  type: 'text/html; charset=utf-8',
  status,
  headers: { 'content-security-policy': policy, ...headers },
});

/** What went wrong, in words, with the way back. */
export const problemPage = (problem: Problem, headers: Headers = {}): Answer =>
  html(
    page(
      'You are not signed in',
      `<p>${escapeHtml(problem.message)}</p><p>${escapeHtml(problem.next ?? '')}</p>${
        problem.detail ? `<p><small>${escapeHtml(problem.detail)}</small></p>` : ''
      }<p><a href="/">Back to the sign-in page</a></p>`,
    ),
    errors[problem.code].http,
    headers,
  );

/**
 * The hop after the identity provider. A redirect would still be a visit from another site, to which a browser does not show a Strict cookie; from
 * here on the way is our own. It also takes the address with the code out of the history.
 */
export const signedInPage = (headers: Headers): Answer =>
  html(
    page(
      'You are signed in',
      '<p><a href="/">Go on to Quarterdeck</a></p>',
      '\n<meta http-equiv="refresh" content="0; url=/">',
    ),
    200,
    headers,
  );
