import path from 'node:path';
import { listFolder, readText, searchFolder } from './folder-read.ts';
import { bytes, code, fence, type Guide } from './guide.ts';
import type { GuideWords } from './words/index.ts';

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

const where = (name: string, words: GuideWords): string => (name === '.' ? words.thisFolder : code(name));
const named = (name: string): string | null => (name === '.' ? null : name);

export async function list({ turn, cwd, words }: Guide, name: string): Promise<void> {
  await turn.think(words.listThought(named(name)));
  let answer = '';
  await turn.tool({ tool: 'List', kind: 'read', title: name === '.' ? cwd : name, input: { path: name } }, async () => {
    const found = await listFolder(cwd, name);
    if (!found.ok) {
      answer = found.error(words);
      return { status: 'failed', output: answer };
    }
    const { entries, omitted } = found.value;
    const lines = entries.map((entry) => {
      if (entry.kind === 'folder') return `${entry.name}/`;
      if (entry.kind !== 'file') return `${entry.name} (${words.kinds[entry.kind]})`;
      return entry.size === null ? entry.name : `${entry.name} (${bytes(entry.size, words)})`;
    });
    if (omitted > 0) lines.push(words.andMore(omitted));
    const folders = entries.filter((entry) => entry.kind === 'folder');
    const first = entries.find((entry) => entry.kind === 'file');
    const shown = entries
      .slice(0, 12)
      .map((entry) => `- ${code(entry.kind === 'folder' ? `${entry.name}/` : entry.name)}`);
    const more = entries.length + omitted - shown.length;
    if (more > 0) shown.push(`- ${words.andMoreAbove(more)}`);
    answer =
      entries.length === 0
        ? words.nothingIn(where(name, words))
        : [
            words.holds(where(name, words), folders.length, entries.length - folders.length + omitted),
            shown.join('\n'),
            ...(first ? [words.readHint(path.join(name, first.name))] : []),
          ].join('\n\n');
    return { status: 'completed', output: lines.join('\n') };
  });
  await turn.say(answer);
}

export async function read({ turn, cwd, words }: Guide, name: string): Promise<void> {
  await turn.think(words.readThought(name));
  let answer = '';
  await turn.tool({ tool: 'Read', kind: 'read', title: name, input: { path: name } }, async () => {
    const file = await readText(cwd, name);
    if (!file.ok) {
      answer = file.error(words);
      return { status: 'failed', output: answer };
    }
    const { text, size, cut } = file.value;
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    const head = lines.slice(0, shownLines).join('\n').slice(0, 4_000);
    const language = languages[path.extname(name).toLowerCase()] ?? '';
    const whole = !cut && head.length >= text.trimEnd().length;
    const much = cut
      ? words.isCut(code(name), bytes(size, words), bytes(text.length, words))
      : words.hasLines(code(name), lines.length, bytes(size, words));
    answer =
      lines.length === 0
        ? words.empty(code(name))
        : `${much} ${whole ? words.says : words.begins}\n\n${fence(head, language)}`;
    return { status: 'completed', output: cut ? `${text}\n… ${words.inAll(bytes(size, words))}` : text };
  });
  await turn.say(answer);
}

export async function search({ turn, cwd, words }: Guide, text: string, name: string): Promise<void> {
  await turn.think(words.searchThought(text, named(name)));
  let answer = '';
  const call = { tool: 'Search', kind: 'search' as const, title: text.slice(0, 200), input: { text, path: name } };
  await turn.tool(call, async () => {
    const found = await searchFolder(cwd, name, text, turn.signal);
    if (!found.ok) {
      answer = found.error(words);
      return { status: 'failed', output: answer };
    }
    const { matches, files, complete } = found.value;
    const lines = matches.map((match) => `${match.file}:${match.line}: ${match.text}`);
    const inFiles = new Set(matches.map((match) => match.file)).size;
    const searched = words.searched(files, complete);
    answer =
      matches.length === 0
        ? words.nowhere(text, where(name, words), searched)
        : [
            words.found(text, matches.length, inFiles, searched),
            fence(lines.slice(0, 10).join('\n')),
            ...(lines.length > 10 ? [words.restAbove] : []),
          ].join('\n\n');
    return { status: 'completed', output: lines.join('\n') || words.noMatch };
  });
  await turn.say(answer);
}
