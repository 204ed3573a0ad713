/** Mixed Markdown as agents write it: paragraphs, lists, code, tables. */
export function longAnswer(characters: number): string {
  const parts: string[] = [];
  for (let part = 1, length = 0; length < characters; part += 1) {
    const text = [
      `## Part ${part}\n\nThe function reads the **whole file**, splits it into lines and keeps those that begin with \`prefix\`. It is called once for every row, which is *slow*.\n\n`,
      `- the first reason is the loop\n- the second one is [the parser](https://example.org/${part})\n  - which is asked twice\n- the third one is the disk\n\n`,
      `\`\`\`ts\nexport function kept(lines: readonly string[], prefix: string): string[] {\n  // Part ${part}\n  const found = lines.filter((line) => line.startsWith(prefix));\n  return found.map((line) => line.slice(prefix.length));\n}\n\`\`\`\n\n`,
      `| file | lines | why |\n| --- | ---: | --- |\n| a.ts | ${part} | it is read |\n| b.ts | 40 | it is written |\n| c.ts | 7 | it is neither |\n\n`,
      `1. Read it once.\n2. Keep what was read.\n3. Measure again, and say \`${part * 7} ms\` next to what it was.\n\n`,
    ].join('');
    parts.push(text);
    length += text.length;
  }
  return parts.join('').slice(0, characters);
}
