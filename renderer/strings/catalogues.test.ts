import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en/index.ts';
import { completed, type Language, languages, nearestLanguage } from './languages.ts';

type Leaf = string | ((...args: unknown[]) => string);

function leaves(part: unknown, at = ''): Map<string, Leaf> {
  if (typeof part !== 'object' || part === null) return new Map([[at, part as Leaf]]);
  return new Map(Object.entries(part).flatMap(([key, value]) => [...leaves(value, at ? `${at}.${key}` : key)]));
}

const english = leaves(en);
const tags = (Object.keys(languages) as Language[]).filter((tag) => tag !== 'en');
const catalogue = async (tag: Language): Promise<Map<string, Leaf>> =>
  leaves(Object.values(await import(`./${tag}/index.ts`))[0]);

/** What a text says for a few numbers and names. */
function said(leaf: Leaf | undefined): string[] {
  if (leaf === undefined) return [];
  if (typeof leaf === 'string') return [leaf];
  const samples: unknown[][] = [
    ['one', 'two', 'three'],
    [0, 0, 0],
    [1, 1, 1],
    [7, 9, 8],
  ];
  return samples.flatMap((sample) => {
    try {
      return [String(leaf(...sample))];
    } catch {
      return [];
    }
  });
}

/** Names, signs and words that are the same in the language. */
const same: Readonly<Record<string, RegExp>> = {
  de: /^(Quarterdeck|Name|Version|Plan|Agent|Port|Gateway|TLS|HTTP|WebSocket|Browser|Code|OK|Problem|Variable|API|Tunnel|Container|Orange|Start|mobile|npx .*|npm .*|https:.*|qd_…|one(, two)?|one → two.*|undefined: .*|one|\d|.* ×|“\w+”|\W*|[^a-z]*)$/i,
  'zh-CN':
    /^(Quarterdeck|TLS|HTTP|WebSocket|API|OK|npx .*|npm .*|https:.*|qd_…|one(, two)?|one → two.*|undefined: .*|one|\d|.* ×|“\w+”|\W*|[^a-z]*)$/i,
  ja: /^(Quarterdeck|TLS|HTTP|WebSocket|API|OK|npx .*|npm .*|https:.*|qd_…|one(, two)?|one → two.*|undefined: .*|one|\d|.* ×|“\w+”|\W*|[^a-z]*)$/i,
};

/** Names, beginnings and examples that this language says as English does, and therefore does not repeat. */
const unsaid: Readonly<Record<string, RegExp>> = {
  ja: /^(commands\.ours|gateway\.tls|gateway\.connections\.door\.websocket|link\.byHand\.keyPlaceholder|signIn\.settings\.issuerPlaceholder|agents\.commandPlaceholder)$/,
};

describe.each(tags)('the catalogue in %s', (tag) => {
  it('has every text that English has', async () => {
    const own = await catalogue(tag);
    expect([...english.keys()].filter((key) => !own.has(key) && !unsaid[tag]?.test(key))).toEqual([]);
  });

  it('has text wherever English has, and is not English', async () => {
    const own = await catalogue(tag);
    const wrong = [...english].flatMap(([key, leaf]) => {
      const texts = said(own.get(key));
      const before = said(leaf);
      const isEmpty = texts.some((text, i) => text.trim() === '' && before[i]?.trim() !== '');
      const isEnglish =
        texts.length > 0 && texts.join() === before.join() && texts.some((text) => !same[tag]?.test(text));
      return isEmpty || isEnglish ? [`${key}: ${texts.join(' | ')}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('uses every name it is given', async () => {
    const own = await catalogue(tag);
    const wrong = [...english].flatMap(([key, leaf]) => {
      const translated = own.get(key);
      if (typeof leaf !== 'function' || typeof translated !== 'function') return [];
      const names = ['Xone', 'Xtwo', 'Xthree'];
      const lost = names.filter((name) => leaf(...names).includes(name) && !translated(...names).includes(name));
      return lost.length > 0 ? [key] : [];
    });
    expect(wrong).toEqual([]);
  });

  it.runIf(/^(zh|ja)/.test(tag))('ends its sentences with the marks of its script', async () => {
    const wrong = [...(await catalogue(tag))].flatMap(([key, leaf]) =>
      said(leaf).some((text) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][,.;:?!]/u.test(text))
        ? [key]
        : [],
    );
    expect(wrong).toEqual([]);
  });
});

describe('a language', () => {
  it('is the nearest to what a person reads', () => {
    expect(nearestLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(nearestLanguage(['fr'])).toBe('en');
  });

  it('says in English what it lacks', () => {
    expect(completed({ a: 'one', b: { c: 'two', d: 'three' } }, { b: { c: 'zwei' } })).toEqual({
      a: 'one',
      b: { c: 'zwei', d: 'three' },
    });
  });
});

describe('the words for what the app is about', () => {
  const room = join(import.meta.dirname, '..', '..');
  const texts = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));

  /** Another word for the same thing reads as another thing: per language, which are not used, and for what. */
  const avoided: readonly [Language, string, RegExp, string][] = [
    ['de', 'turn', /Durchg[aä]ng|\bTurns?\b|\bRunden?\b|Gesprächsrunde/, 'Zug'],
    // The English of notices stands in the same file as the German.
    ['de', 'session', /\bSessions?\b(?! ?[:(=]| without)/, 'Sitzung'],
    ['de', 'computer', /\bRechners?\b/, 'Computer'],
    ['de', 'permission', /Genehmigung|\bFreigaben?\b/, 'Erlaubnis'],
    ['de', 'key', /API-Keys?\b/, 'API-Schlüssel'],
    ['de', 'draft', /\bDrafts?\b/, 'Entwurf'],
    ['de', 'disk', /Datenträger|\bPlatte\b/, 'Festplatte'],
    ['de', 'desktop', /Schreibtisch/, 'Desktop'],
    ['de', 'backup', /\bBackups?\b/, 'Sicherung'],
    ['zh-CN', 'turn', /回合/, '轮次'],
    ['zh-CN', 'folder', /目录/, '文件夹'],
    ['zh-CN', 'session', /聊天会话|会谈/, '会话'],
    ['zh-CN', 'provider', /提供方|供应商/, '提供商'],
    ['zh-CN', 'permission', /批准|审批/, '许可'],
    ['zh-CN', 'account', /帐[号户]|账号/, '账户'],
    ['zh-CN', 'sign-in', /登陆/, '登录'],
    ['ja', 'folder', /フォルダ(?!ー)|ディレクトリ/, 'フォルダー'],
    ['ja', 'browser', /ブラウザ(?!ー)/, 'ブラウザー'],
    ['ja', 'computer', /コンピュータ(?!ー)/, 'コンピューター'],
    ['ja', 'device', /端末/, 'デバイス'],
    ['ja', 'permission', /承認/, '許可'],
    ['ja', 'goal', /ゴール/, '目標'],
    ['ja', 'draft', /ドラフト/, '下書き'],
    ['ja', 'queue', /待ち行列/, 'キュー'],
    // A reverse proxy is one.
    ['zh-CN', 'agent', /(?<!反向)代理/, '智能体'],
  ];

  it.each(avoided)('are the same everywhere: in %s a %s is never %s', (tag, _what, other, right) => {
    const desktop = readFileSync(join(room, 'main', 'desktop', 'words', `${tag.toLowerCase()}.ts`), 'utf8');
    const notices = readFileSync(join(room, 'main', 'protocol', 'notice-words.ts'), 'utf8');
    const guide = readFileSync(join(room, 'main', 'providers', 'demo', 'words', `${tag.toLowerCase()}.ts`), 'utf8');
    const all = [...texts(join(import.meta.dirname, tag)), desktop, notices, guide].join('\n');
    expect(all).toContain(right);
    expect([...all.matchAll(new RegExp(`.*(?:${other.source}).*`, 'g'))].map(([line]) => line.trim())).toEqual([]);
  });
});

describe('how a text is set and how it speaks to a person', () => {
  const cjk = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー、。（）「」“”]';
  const letters = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]';
  const halfWidth = new RegExp(`${letters}[,.?!:;]|[,?!;:]${letters}`, 'u');
  const strayGap = new RegExp(`${cjk} ${cjk}`, 'u');
  /** Per language: what is wrong in a text, and for each rule a text that breaks it. */
  const rules: readonly [Language, string, RegExp, string][] = [
    ['ja', 'half-width marks', halfWidth, '保存しました.'],
    ['zh-CN', 'half-width marks', halfWidth, '已保存,请继续'],
    ['ja', 'gaps between its own letters', strayGap, 'フォルダーを 開く'],
    ['zh-CN', 'gaps between its own letters', strayGap, '打开 文件夹'],
    ['de', 'straight quotes around a word', /"[^"]+"/, 'Der Ordner "Bilder" fehlt.'],
    ['ja', 'straight quotes around a word', /"[^"]+"/, '"写真" を開く'],
    ['zh-CN', 'straight quotes around a word', /"[^"]+"/, '打开"照片"'],
    ['de', 'a gap before an ellipsis', /\p{L} …$/u, 'Wird geladen …'],
    ['de', 'du', /\b(?:du|dir|dich|deine?[mnrs]?)\b/i, 'Prüfe deine Verbindung.'],
    ['zh-CN', '您', /您/, '请检查您的网络。'],
    [
      'zh-CN',
      'Latin letters that touch Chinese ones',
      /\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/u,
      '打开Quarterdeck窗口',
    ],
  ];
  /** Said to an agent; and the marks that a search or a shell really takes. */
  const exempt = /^(conversation\.continueText|newSession\.demoMessage|imports\.noHitsNote|doctor\.databaseReadable)$/;

  it.each(rules)('has no mistake: in %s no %s', async (tag, _what, wrong, planted) => {
    expect(planted).toMatch(wrong);
    // A name that is filled in brings no letters of its own into the sentence; counted, it is no number.
    const name = '\uFFFC';
    const bare = (text: unknown) => String(text).replace(/NaN|undefined/g, name);
    const { said: sentences } = (await import(`./${tag}/said/index.ts`)) as { said: Record<string, unknown> };
    const filling = new Proxy({}, { get: () => name });
    const ofMain = Object.entries(sentences).map(([id, sentence]): [string, string[]] => [
      id,
      ((typeof sentence === 'function' ? sentence(filling) : sentence) as string[]).map(bare),
    ]);
    const ofPage = [...(await catalogue(tag))].map(([key, leaf]): [string, string[]] => [
      key,
      typeof leaf === 'string' ? [leaf] : [...said((...given) => leaf(...given.map(() => name)))].map(bare),
    ]);
    const found = [...ofPage, ...ofMain].filter(
      ([key, texts]) => !exempt.test(key) && texts.some((t) => wrong.test(t)),
    );
    expect(found).toEqual([]);
  });
});
