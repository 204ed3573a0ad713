/** `/bin/bash -lc '…'`, as Codex wraps what the model wants to run. */
const wrapped = /^(?:\S*\/)?(?:ba|z|da|k)?sh -l?c ([\s\S]+)$/;

/**
 * The command inside Codex's wrapping: what a person would have typed. The wrapping is a line quoted for a POSIX shell; when what follows `-c` is
 * not exactly one word of such a line, the whole is shown as it is, for nothing may be hidden.
 */
export function unwrapCommand(line: string): string {
  const word = wrapped.exec(line)?.[1];
  return (word === undefined ? null : oneWord(word)) ?? line;
}

/** Undoes POSIX quoting (2.2) of one word; null when it is more than one, or not finished, or would be expanded. */
function oneWord(text: string): string | null {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const single = /^'([^']*)'/.exec(rest);
    const double = /^"((?:[^"\\$`]|\\[\s\S])*)"/.exec(rest);
    const escaped = /^\\([\s\S])/.exec(rest);
    const plain = /^[A-Za-z0-9_@%+=:,./-]+/.exec(rest);
    const found = single ?? double ?? escaped ?? plain;
    if (found === null) return null;
    if (double !== null)
      result += (double[1] as string).replace(/\\([$`"\\\n])/g, (_all, one: string) => (one === '\n' ? '' : one));
    else result += found[1] ?? found[0];
    at += found[0].length;
  }
  return result;
}
