/** A command that says nothing without a name or a text behind it. */
export type IncompleteVerb = 'read' | 'search' | 'write' | 'edit' | 'delete' | 'run';

/** What the guide was asked to do. `unknown` keeps the words, so that the answer can name them. */
export type Intent =
  | { kind: 'help' }
  | { kind: 'hello' }
  | { kind: 'whereabouts' }
  | { kind: 'list'; path: string }
  | { kind: 'read'; path: string }
  | { kind: 'search'; text: string; path: string }
  | { kind: 'write'; path: string; text: string | null }
  | { kind: 'edit'; path: string; from: string; to: string }
  | { kind: 'delete'; path: string }
  | { kind: 'run'; command: string }
  | { kind: 'plan' }
  | { kind: 'think'; about: string | null }
  | { kind: 'ask' }
  | { kind: 'tour' }
  | { kind: 'fail' }
  | { kind: 'big'; lines: number }
  | { kind: 'count'; to: number; slowly: boolean }
  /** A command of the guide with a part missing. */
  | { kind: 'incomplete'; verb: IncompleteVerb }
  | { kind: 'unknown'; words: string };

const politeness =
  /^(?:(?:hey|ok|okay|now|and|then|please|can you|could you|would you|will you|i want you to|let'?s)\b[\s,]*)+/i;

/** Takes one pair of quotes or backticks off. */
function unquote(text: string): string {
  const trimmed = text.trim();
  const match = /^(["'`“])([\s\S]*)(["'`”])$/.exec(trimmed);
  const pairs: Record<string, string> = { '"': '"', "'": "'", '`': '`', '“': '”' };
  return match && pairs[match[1]!] === match[3] ? match[2]! : trimmed;
}

/** A path as people type it: quoted or not, "the file" in front, a full stop or question mark behind. */
function path(text: string): string {
  const bare = text
    .trim()
    .replace(/^(?:(?:the|my|a|an|new|file|folder|directory|called|named)\s+)+/i, '')
    .replace(/[?!]+$/, '')
    .replace(/(?<=[\w)"'`”])\.$/, '');
  return unquote(bare);
}

/** The text of a new file: a fence around the whole is taken off, one line break stands at the end. */
function fileText(text: string): string {
  const fenced = /^```[^\n]*\n([\s\S]*?)\n?```\s*$/.exec(text.trim());
  const body = fenced ? fenced[1]! : /\n/.test(text.trim()) ? text.replace(/^\s*\n/, '').trimEnd() : unquote(text);
  return body === '' || body.endsWith('\n') ? body : `${body}\n`;
}

const incomplete = (verb: IncompleteVerb): Intent => ({ kind: 'incomplete', verb });

const written = (name: string, text: string): Intent =>
  name === '' ? incomplete('write') : { kind: 'write', path: name, text };
const edited = (name: string, from: string, to: string): Intent =>
  name === '' || from === '' ? incomplete('edit') : { kind: 'edit', path: name, from, to };

function parseWrite(rest: string): Intent | null {
  // "write a.txt: text" and "write a.txt<line break>text"; a drive letter's colon (C:\x) does not end the path.
  const colon = /^([^\n]*?[^\n:\s])\s*(?::(?![\\/])|\n)([\s\S]*)$/.exec(rest);
  if (colon) return written(path(colon[1]!), fileText(colon[2]!));
  const worded = /^(.+?)\s+(?:with(?: the text| the words)?|containing|saying)\s+([\s\S]+)$/i.exec(rest);
  if (worded) return written(path(worded[1]!), fileText(worded[2]!));
  const inverted = /^(["'`“][\s\S]+?["'`”])\s+(?:to|into|in)\s+(.+)$/i.exec(rest);
  if (inverted) return written(path(inverted[2]!), fileText(inverted[1]!));
  const name = path(rest);
  if (name === '') return incomplete('write');
  // "write a poem" is not about a file called "poem".
  const aboutFile = /[./\\]/.test(name) || /\bfile\b/i.test(rest);
  return aboutFile ? { kind: 'write', path: name, text: null } : null;
}

function parseEdit(rest: string): Intent {
  const named = /^([\s\S]+?)[:,]?\s+replac(?:e|ing)\s+([\s\S]+?)\s+(?:with|by)\s+([\s\S]+)$/i.exec(rest);
  if (!named) return incomplete('edit');
  return edited(path(named[1]!), unquote(named[2]!), unquote(named[3]!));
}

function parseReplace(rest: string): Intent {
  const named = /^([\s\S]+?)\s+(?:with|by)\s+([\s\S]+?)\s+in\s+(\S.*)$/i.exec(rest);
  if (!named) return incomplete('edit');
  return edited(path(named[3]!), unquote(named[1]!), unquote(named[2]!));
}

function parseSearch(rest: string): Intent {
  const bare = rest.replace(/^(?:for|nach|the (?:text|word))\s+/i, '').trim();
  const within = /^([\s\S]+?)\s+in\s+(\S+)$/i.exec(bare);
  const text = unquote(within ? within[1]! : bare);
  return text === '' ? incomplete('search') : { kind: 'search', text, path: (within && path(within[2]!)) || '.' };
}

function parseList(rest: string): Intent {
  const bare = rest
    .replace(/^(?:me\s+)?(?:all\s+)?(?:the\s+)?(?:files|folder|directory|content|contents)?\b/i, '')
    .trim()
    .replace(
      /^(?:and folders)?\s*(?:are\s+)?(?:here|there)?\s*(?:in|of|from)?\s*(?:this|the|here)?\s*(?:folder|directory)?\b/i,
      '',
    );
  return { kind: 'list', path: path(bare) || '.' };
}

/** First word (or words) -> how the rest is read; null: it was meant otherwise. Tried in order. */
const verbs: [RegExp, (rest: string, whole: string) => Intent | null][] = [
  [
    /^(?:help|commands|what can you do|\?|hilfe|befehle|was kannst du|ヘルプ|使い方|何ができ|帮助|你能做什么|你会什么)/i,
    () => ({ kind: 'help' }),
  ],
  [
    /^(?:tour|take (?:me on )?the tour|show me (?:around|everything)|rundgang|führung|führe? mich|zeige? mir (?:alles|die app))(?!\p{L})/iu,
    () => ({ kind: 'tour' }),
  ],
  [/^(?:ツアー|案内|全部見せ|导览|带我(?:参观|看看|走一遍)|参观)/u, () => ({ kind: 'tour' })],
  [
    /^(?:hello|hi|who are you|what are you|are you (?:an? )?\w+|hallo|guten (?:tag|morgen|abend)|moin|servus|wer bist du)(?!\p{L})/iu,
    () => ({ kind: 'hello' }),
  ],
  [
    /^(?:こんにちは|こんばんは|おはよう|はじめまして|あなたは(?:誰|だれ|何)|你好|您好|你是谁)/u,
    () => ({ kind: 'hello' }),
  ],
  [
    /^(?:where (?:were|are) we|do you remember|what do you remember|resume|continue)\b/i,
    () => ({ kind: 'whereabouts' }),
  ],
  [/^(?:plan|make a plan|show (?:me )?a plan)\b/i, () => ({ kind: 'plan' })],
  [/^(?:計画|计划)/u, () => ({ kind: 'plan' })],
  [
    /^(?:think|denke?)(?!\p{L})/iu,
    (rest) => ({ kind: 'think', about: rest.replace(/^(?:about|of|over|über|an)\s+/i, '') || null }),
  ],
  [/^(?:考えて|思考)/u, () => ({ kind: 'think', about: null })],
  [/^(?:ask me|ask|question|frage? mich)(?!\p{L})/iu, () => ({ kind: 'ask' })],
  [/^(?:質問して|提问|问我)/u, () => ({ kind: 'ask' })],
  [/^(?:fail|show (?:me )?an error)\b/i, () => ({ kind: 'fail' })],
  [
    /^(?:big|large)(?: output)?\b/i,
    (rest) => ({ kind: 'big', lines: Math.min(Number(/\d+/.exec(rest)?.[0] ?? 5000), 100_000) }),
  ],
  [
    /^(?:(?:slowly )?count|(?:langsam )?zähle?)(?!\p{L})|^数到/iu,
    (rest, whole) => ({
      kind: 'count',
      to: Math.max(1, Math.min(Number(/\d+/.exec(rest)?.[0] ?? 10), 10_000)),
      slowly: /slow|langsam|慢/i.test(whole),
    }),
  ],
  [
    /^(?:run|execute|exec|shell|\$|!)(?=[\s:`]|$|(?<=[$!])\S)/i,
    (rest) => {
      const command = unquote(rest.replace(/^(?:the command)?\s*:?\s*/i, ''));
      return command === '' ? incomplete('run') : { kind: 'run', command };
    },
  ],
  [/^(?:write|create|make|save|new file|schreibe?)(?!\p{L})|^写入/iu, parseWrite],
  [/^(?:edit|change|in(?= \S+,? replace))\b/i, parseEdit],
  [/^replace\b/i, parseReplace],
  [
    /^(?:delete|remove|rm|lösche)(?!\p{L})|^删除/iu,
    (rest) => (path(rest) === '' ? incomplete('delete') : { kind: 'delete', path: path(rest) }),
  ],
  [/^(?:search|find|grep|look(?= for)|suche|finde)(?!\p{L})|^(?:搜索|查找)/iu, parseSearch],
  [/^(?:list|ls|dir|show(?: me)?(?: all)?(?: the)? files|what files(?: are)?|which files(?: are)?)\b/i, parseList],
  [
    /^(?:welche dateien|zeige? mir die dateien|一覧|ファイル一覧|列出|有哪些文件)/iu,
    () => ({ kind: 'list', path: '.' }),
  ],
  [
    /^(?:read|cat|open|show(?: me)?|print|lies|öffne)(?!\p{L})|^(?:读取|打开)/iu,
    (rest) => (path(rest) === '' ? incomplete('read') : { kind: 'read', path: path(rest) }),
  ],
];

/**
 * Reads a message as one of the guide's commands. Pure; never throws. Wording is forgiving ("could you please list the files in src?"),
 * meaning is not: what it does not know is `unknown`, never a guess. Commands are English, as those of a shell are; what a newcomer says first,
 * and what can be said without grammar, is understood in every language of the app.
 */
export function parseIntent(message: string): Intent {
  const words = message.trim();
  const text = words.replace(/^\/(?=[a-z])/i, '').replace(politeness, '');
  for (const [start, read] of verbs) {
    const match = start.exec(text);
    const intent = match && read(text.slice(match[0].length).trim(), text);
    if (intent) return intent;
  }
  return { kind: 'unknown', words };
}
