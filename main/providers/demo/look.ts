import path from 'node:path';
import { listFolder, readText, searchFolder } from './folder-read.ts';
import { bytes, code, fence, type Guide, plural } from './guide.ts';

const shownLines = 40;

const languages: Record<string, string> = {
  '.ts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.json': 'json',
  '.md': 'markdown',
  '.py': 'python',
  '.sh': 'bash',
  '.css': 'css',
  '.html': 'html',
  '.rs': 'rust',
  '.go': 'go',
  '.yml': 'yaml',
  '.yaml': 'yaml',
  '.toml': 'toml',
};

const where = (name: string) => (name === '.' ? 'this folder' : code(name));

export async function list({ turn, cwd }: Guide, name: string): Promise<void> {
  await turn.think(
    `I am about to list what is in ${name === '.' ? 'the folder of this session' : name}. That changes nothing.`,
  );
  let answer = '';
  await turn.tool({ tool: 'List', kind: 'read', title: name === '.' ? cwd : name, input: { path: name } }, async () => {
    const found = await listFolder(cwd, name);
    if (!found.ok) {
      answer = found.error;
      return { status: 'failed', output: found.error };
    }
    const { entries, omitted } = found.value;
    const lines = entries.map((entry) => {
      if (entry.kind === 'folder') return `${entry.name}/`;
      return entry.size === null ? `${entry.name} (${entry.kind})` : `${entry.name} (${bytes(entry.size)})`;
    });
    if (omitted > 0) lines.push(`… and ${omitted} more`);
    const folders = entries.filter((entry) => entry.kind === 'folder');
    const first = entries.find((entry) => entry.kind === 'file');
    const shown = entries
      .slice(0, 12)
      .map((entry) => `- ${code(entry.kind === 'folder' ? `${entry.name}/` : entry.name)}`);
    const more = entries.length + omitted - shown.length;
    answer =
      entries.length === 0
        ? `There is nothing in ${where(name)} yet. Say \`write hello.txt: Hello\` to put something there.`
        : `In ${where(name)} there ${entries.length + omitted === 1 ? 'is' : 'are'} **${plural(folders.length, 'folder')}** and **${plural(entries.length - folders.length + omitted, 'file')}**:\n\n${shown.join('\n')}${more > 0 ? `\n- … and ${more} more (the card above has the list)` : ''}${first ? `\n\nSay \`read ${path.join(name, first.name)}\` to open one.` : ''}`;
    return { status: 'completed', output: lines.join('\n') };
  });
  await turn.say(answer);
}

export async function read({ turn, cwd }: Guide, name: string): Promise<void> {
  await turn.think(`I am about to read ${name}. That changes nothing.`);
  let answer = '';
  await turn.tool({ tool: 'Read', kind: 'read', title: name, input: { path: name } }, async () => {
    const file = await readText(cwd, name);
    if (!file.ok) {
      answer = file.error;
      return { status: 'failed', output: file.error };
    }
    const { text, size, cut } = file.value;
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    const head = lines.slice(0, shownLines).join('\n').slice(0, 4_000);
    const language = languages[path.extname(name).toLowerCase()] ?? '';
    const whole = !cut && head.length >= text.trimEnd().length;
    answer =
      lines.length === 0
        ? `${code(name)} is empty.`
        : `${code(name)} has ${cut ? `${bytes(size)}; I read the first ${bytes(text.length)}` : `${plural(lines.length, 'line')} (${bytes(size)})`}. ${whole ? 'It says:' : 'It begins like this:'}\n\n${fence(head, language)}`;
    return { status: 'completed', output: cut ? `${text}\n… (${bytes(size)} in all)` : text };
  });
  await turn.say(answer);
}

export async function search({ turn, cwd }: Guide, text: string, name: string): Promise<void> {
  await turn.think(
    `I am about to look for “${text}” in the files of ${name === '.' ? 'this folder' : name}. That changes nothing.`,
  );
  let answer = '';
  const call = { tool: 'Search', kind: 'search' as const, title: text.slice(0, 200), input: { text, path: name } };
  await turn.tool(call, async () => {
    const found = await searchFolder(cwd, name, text, turn.signal);
    if (!found.ok) {
      answer = found.error;
      return { status: 'failed', output: found.error };
    }
    const { matches, files, complete } = found.value;
    const lines = matches.map((match) => `${match.file}:${match.line}: ${match.text}`);
    const inFiles = new Set(matches.map((match) => match.file)).size;
    const searched = `I looked in ${plural(files, 'file')}${complete ? '' : ' and stopped there, because there is so much'}.`;
    answer =
      matches.length === 0
        ? `“${text}” is nowhere in ${where(name)}. ${searched} (I skip \`.git\`, \`node_modules\` and files that are not text.)`
        : `“${text}” is on **${plural(matches.length, 'line')}** of **${plural(inFiles, 'file')}**. ${searched}\n\n${fence(lines.slice(0, 10).join('\n'))}${lines.length > 10 ? '\n\nThe card above has the rest.' : ''}`;
    return { status: 'completed', output: lines.join('\n') || 'No match.' };
  });
  await turn.say(answer);
}
