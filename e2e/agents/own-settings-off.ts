/** Whoever runs the tests may be signed in, or run them from inside an agent: none of that may reach the app. */
export function ownSettingsOff(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^(CLAUDE|ANTHROPIC|CODEX|OPENAI|GEMINI|GOOGLE)/.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
