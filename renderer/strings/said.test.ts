import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { afterEach, describe, expect, it } from 'vitest';
import { say, sayWith } from '../../main/protocol/saying.ts';
import { said as german } from './de/said/index.ts';
import { said as japanese } from './ja/said/index.ts';
import { lineText, type Said, sayFrom, told } from './said.ts';
import { said as chinese } from './zh-CN/said/index.ts';

const catalogues = { de: german, ja: japanese, 'zh-CN': chinese };
type Sentence = readonly string[] | ((filling: unknown) => readonly string[]);
const of = (said: Said): [string, Sentence][] => Object.entries(said) as [string, Sentence][];

/** What a sentence says when it is filled with the names of its fillings, and which of them it looks at. */
function spoken(
  sentence: Sentence,
  fill: (name: string) => string | number = (name) => (name === 'kept' ? 'set' : `X${name}X`),
) {
  const names = new Set<string>();
  const filling = new Proxy(
    {},
    {
      get: (_, name) => {
        names.add(String(name));
        return fill(String(name));
      },
    },
  );
  return { parts: typeof sentence === 'function' ? sentence(filling) : sentence, names };
}

const main = join(import.meta.dirname, '../../main');
/** Rooms whose sentences are for terminals and programs: they stay English. `start-problems` is the native dialog's. */
const forPrograms =
  /^(cli|desktop|gateway\/ductor|gateway\/rest|protocol|goals|crypto)\/|^(index|serve|start-problems)\.ts|conformance|owner-token|kv-store|gateway\/(http-app|wire|problems)\.ts|providers\/acp\/(agent-requests|terminals|connection)\.ts/;
const files = readdirSync(main, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|-test-support|\.d\.ts$/.test(file))
  .filter((file) => !forPrograms.test(file));

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Problems and notices that are written down without a name. What a sentence of a catalogue could be is an object with both `code` and `message`. */
function unnamed(file: string, text: string): string[] {
  const found: string[] = [];
  const walk = (node: Node): void => {
    if (node.type === 'ObjectExpression') {
      const parts = node.properties as Node[];
      const keys = parts.map((part) => (part.key as { name?: string } | undefined)?.name ?? '...');
      const partOf = (key: string) => parts[keys.indexOf(key)]?.value as (Node & { value?: unknown }) | undefined;
      const isProblem = keys.includes('message') && keys.includes('next') && partOf('message')?.type !== 'Identifier';
      const isNotice = partOf('type')?.value === 'notice' && keys.includes('text') && keys.includes('code');
      if ((isProblem || isNotice) && !keys.includes('say') && !keys.includes('...')) {
        found.push(`${file}:${text.slice(0, node.start).split('\n').length}`);
      }
    }
    for (const part of Object.values(node).flat()) if (isNode(part)) walk(part);
  };
  walk(parseSync(file, text).program as unknown as Node);
  return found;
}

/** Lines that are a CLI's or an agent's own words: shown as they are. */
const foreign = ['providers/acp/updates.ts', 'providers/claude/system-lines.ts', 'providers/demo/turn.ts'];

describe('what main says to a person', () => {
  it('has a name wherever it is written, so that a page can say it in another language', () => {
    const found = files.flatMap((file) => unnamed(file, readFileSync(join(main, file), 'utf8')));
    expect(found.filter((one) => !foreign.some((file) => one.startsWith(`${file}:`)))).toEqual([]);
  });

  it('would be found without one', () => {
    const planted = `const a = { code: 'internal', message: 'Oh.', impact: 'No.', next: 'Go.' };`;
    expect(unnamed('a.ts', planted)).toEqual(['a.ts:1']);
    expect(unnamed('a.ts', planted.replace('message', `say: say('internal'), message`))).toEqual([]);
    expect(unnamed('a.ts', `const a = { type: 'notice', code: 'x', text: 'Oh.' };`)).toEqual(['a.ts:1']);
  });
});

/** Fillings of which a catalogue knows each by name. */
const samples: Readonly<Record<string, string>> = {
  state: 'broken',
  kept: 'set',
  what: 'ready',
  kind: 'turns',
  how: 'other',
  reason: 'gone',
  version: '',
};

describe.each(Object.entries(catalogues))('what main says, in %s', (tag, said) => {
  it('has as many parts as in the other languages, none of them empty where another is not', () => {
    const shape = (sentence: Sentence) => spoken(sentence).parts.map((part) => part !== '');
    const others = new Map(of(german));
    const wrong = of(said).filter(([id, sentence]) => `${shape(sentence)}` !== `${shape(others.get(id)!)}`);
    expect(wrong.map(([id]) => id)).toEqual([]);
  });

  it('looks at the same fillings, and says each of them that German says', () => {
    const others = new Map(of(german));
    const wrong = of(said).filter(([id, sentence]) => {
      const [here, there] = [spoken(sentence), spoken(others.get(id)!)];
      const heard = [...there.names].filter((name) => there.parts.join().includes(`X${name}X`));
      return (
        heard.some((name) => !here.parts.join().includes(`X${name}X`)) ||
        `${[...here.names].sort()}` !== `${[...there.names].sort()}`
      );
    });
    expect(wrong.map(([id]) => id)).toEqual([]);
  });

  it('is written in that language', () => {
    const script = tag === 'ja' ? /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u : /\p{Script=Han}/u;
    const isSaid = (part: string) =>
      tag === 'de'
        ? !/\b(the|were|is not|nothing|your|again)\b/i.test(part.replace(/„[^“]*“|X\w+X/g, ''))
        : script.test(part);
    for (const value of [0, 1, 7]) {
      const wrong = of(said).filter(([, sentence]) =>
        spoken(sentence, (name) => samples[name] ?? value).parts.some((part) => part !== '' && !isSaid(part)),
      );
      expect(wrong.map(([id]) => id)).toEqual([]);
    }
  });

  it.runIf(tag !== 'de')('ends its sentences with the marks of its script', () => {
    const wrong = of(said).filter(([, sentence]) =>
      spoken(sentence).parts.some((part) =>
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][,.;:?!]/u.test(part),
      ),
    );
    expect(wrong.map(([id]) => id)).toEqual([]);
  });
});

describe('a problem on the page', () => {
  afterEach(() => sayFrom(null, null));
  const english = { message: 'There is no folder /x.', impact: 'No session was opened.', next: 'Choose another one.' };

  it('is said in the language of the page', () => {
    sayFrom(german, null);
    const { message, impact, next } = told({ ...english, say: say('folder.none', { path: '/x' }) });
    expect(message).toBe('Es gibt keinen Ordner /x.');
    expect([impact, next]).toEqual([expect.stringContaining('keine Sitzung'), expect.stringContaining('Ordner')]);
  });

  it('is said in the words of main when it has no name, when the name is unknown here, and when something is missing that fills it', () => {
    sayFrom(german, null);
    expect(told(english)).toEqual(english);
    expect(told({ ...english, say: { id: 'folder.fromTomorrow' } })).toEqual(english);
    expect(told({ ...english, say: { id: 'toString' } })).toEqual(english);
    expect(told({ ...english, say: { id: 'folder.none' } })).toEqual(english);
    sayFrom(null, null);
    expect(told({ ...english, say: say('folder.none', { path: '/x' }) })).toEqual(english);
  });

  it('takes another advice where main gives one, and the words of main where it is unknown here', () => {
    sayFrom(japanese, null);
    const base = say('hint.notSignedIn', { name: 'Codex' });
    expect(told({ ...english, say: sayWith(base, say('next.pressInstall')) }).next).toContain('インストール');
    expect(told({ ...english, say: { ...base, next: { id: 'next.fromTomorrow' } } }).next).toBe(english.next);
  });

  it('leaves what a CLI said as it was said', () => {
    sayFrom(chinese, null);
    expect(lineText({ text: 'warning: deprecated' })).toBe('warning: deprecated');
    expect(
      lineText({ text: 'Codex tries again: late', say: say('notice.retrying', { name: 'Codex', words: 'late' }) }),
    ).toBe('Codex 正在重试（“late”）。');
  });
});
