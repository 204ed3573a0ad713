/** JSON in which comments may stand, as in the settings of Gemini CLI. @returns undefined for anything else. */
export function parseCommented(text: string): unknown {
  // A string is kept as it is, a comment outside of one is left out.
  const plain = text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : '',
  );
  try {
    return JSON.parse(plain.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
