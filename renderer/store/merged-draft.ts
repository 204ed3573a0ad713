/** Two versions of what is being written, written in two places at once, made one in which nothing is missing. @param newer - comes first. */
export function mergedDraft(newer: string, older: string): string {
  const [one, other] = [newer.trim(), older.trim()];
  if (other === '' || one.includes(other)) return newer;
  if (one === '' || other.includes(one)) return older;
  return `${newer.trimEnd()}\n\n${older.trimStart()}`;
}
