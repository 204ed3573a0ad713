import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { err, ok, type Result } from '../base/result.ts';
import { type ExportFormat, exportFormats } from '../export/events.ts';
import { defaultHome } from '../home.ts';
import { scopeNames } from '../protocol/scope-names.ts';
import type { PermissionMode } from '../protocol/values.ts';
import { type AccessCall, accessOptions, readDevicesCall, readKeysCall, readPairCall } from './access-arguments.ts';
import { type DataCall, readBackupCall, readExportAllCall, readRestoreCall, restoreOptions } from './data-verbs.ts';
import { type GoalCall, readGoalCall } from './goals.ts';

export interface SendOptions {
  session: string | null;
  provider: string | null;
  model: string | null;
  /** Absolute; null: not named. */
  cwd: string | null;
  mode: PermissionMode | null;
  effort: string | null;
  /** Files that go with the message, absolute. */
  attach: string[];
  /** Null: it comes on stdin. */
  text: string | null;
}

/** One call of the command line, understood. */
export type Call = { home: string; json: boolean } & (
  | { verb: 'help' }
  | { verb: 'version' }
  | { verb: 'doctor' | 'status' | 'stop' | 'open' }
  | { verb: 'send'; send: SendOptions }
  | { verb: 'sessions'; all: boolean }
  | { verb: 'import'; now: boolean }
  | { verb: 'search'; text: string; limit: number }
  | { verb: 'show'; id: string }
  | { verb: 'fork'; id: string; before: number | null; title: string | null }
  | { verb: 'switch'; id: string; provider: string; model: string | null }
  | GoalCall
  | { verb: 'verify'; id: string | null /** Absolute; an exported session instead. */; file: string | null }
  | { verb: 'export'; id: string; format: ExportFormat /** Absolute; null: stdout. */; out: string | null }
  | AccessCall
  | DataCall
  | { verb: 'password'; remove: boolean }
);

type Options = NonNullable<ParseArgsConfig['options']>;

const common = {
  home: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies Options;

const own = {
  send: {
    session: { type: 'string' },
    provider: { type: 'string' },
    model: { type: 'string' },
    cwd: { type: 'string' },
    mode: { type: 'string' },
    effort: { type: 'string' },
    attach: { type: 'string', multiple: true },
  },
  fork: { before: { type: 'string' }, title: { type: 'string' } },
  switch: { model: { type: 'string' } },
  sessions: { all: { type: 'boolean' } },
  verify: { file: { type: 'string' } },
  export: { format: { type: 'string' }, out: { type: 'string' }, all: { type: 'boolean' } },
  restore: restoreOptions,
  import: { now: { type: 'boolean' }, status: { type: 'boolean' } },
  search: { limit: { type: 'string' } },
  keys: accessOptions,
  pair: accessOptions,
  password: { remove: { type: 'boolean' } },
  goal: { turns: { type: 'string' }, minutes: { type: 'string' }, cost: { type: 'string' } },
} as const satisfies Record<string, Options>;

/** As in the protocol, whose schemas take longer to load than a verb should; a test holds the two together. */
export const knownScopes: readonly string[] = scopeNames;
export const knownModes: readonly string[] = ['ask', 'accept-edits', 'plan', 'full'] satisfies PermissionMode[];
const verbs = [
  'send',
  'sessions',
  'show',
  'fork',
  'switch',
  'goal',
  'import',
  'search',
  'verify',
  'export',
  'backup',
  'restore',
  'doctor',
  'keys',
  'devices',
  'pair',
  'password',
  'status',
  'stop',
  'open',
  'help',
];

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** As `limits.attachmentsPerMessage`; a test holds the two together. */
export const maxFiles = 20;

/** The verb is the first argument that is not an option (or the value of one). */
function verbOf(argv: string[]): string | undefined {
  const { tokens } = parseArgs({
    args: argv,
    strict: false,
    tokens: true,
    options: {
      ...common,
      ...own.send,
      ...own.fork,
      ...own.search,
      ...own.keys,
      ...own.goal,
      ...own.verify,
      ...own.export,
    },
  });
  return tokens.find((token) => token.kind === 'positional')?.value;
}

function readSend(values: Values, words: string[], cwd: string): Result<SendOptions, string> {
  const text = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : null);
  const mode = text('mode');
  if (mode !== null && !knownModes.includes(mode))
    return err(`--mode is one of ${knownModes.join(', ')}, not "${mode}".`);
  if (text('session') !== null && (text('provider') !== null || text('cwd') !== null)) {
    return err('--provider and --cwd are for new sessions only; `switch ID AGENT` changes the agent of one.');
  }
  for (const name of ['session', 'provider', 'model', 'cwd', 'effort'])
    if (text(name) === '') return err(`--${name} needs a value.`);
  const files = (Array.isArray(values.attach) ? values.attach : []).map(String);
  if (files.includes('')) return err('--attach needs the name of a file.');
  if (files.length > maxFiles) return err(`--attach can be given ${maxFiles} times.`);
  const folder = text('cwd');
  const said = words.join(' ');
  return ok({
    session: text('session'),
    provider: text('provider'),
    model: text('model'),
    cwd: folder === null ? null : resolve(cwd, folder),
    mode: mode as PermissionMode | null,
    effort: text('effort'),
    attach: files.map((file) => resolve(cwd, file)),
    text: said === '' || said === '-' ? null : said,
  });
}

type WithoutHome<T> = T extends unknown ? Omit<T, 'home' | 'json'> : never;
function withHome(base: { home: string; json: boolean }, call: WithoutHome<Call>): Call {
  return { ...base, ...call } as Call;
}

function readVerb(verb: string, values: Values, words: string[], cwd: string): Result<WithoutHome<Call>, string> {
  const atMost = (count: number) => (words.length > count ? err(`"${words[count]}" is too much after ${verb}.`) : null);
  switch (verb) {
    case 'send': {
      const send = readSend(values, words, cwd);
      return send.ok ? ok({ verb, send: send.value }) : send;
    }
    case 'import':
      if (values.now && values.status) return err('import takes --now or --status, not both.');
      return atMost(0) ?? ok({ verb, now: values.now === true });
    case 'search': {
      const text = words.join(' ').trim();
      const limit = values.limit === undefined ? 20 : Number(values.limit);
      if (text === '') return err('search needs the words to look for.');
      if (!Number.isInteger(limit) || limit < 1 || limit > 100) return err('--limit is a number from 1 to 100.');
      return ok({ verb, text, limit });
    }
    case 'sessions':
      return atMost(0) ?? ok({ verb, all: values.all === true });
    case 'show':
      return (
        atMost(1) ??
        (words[0] ? ok({ verb, id: words[0] }) : err('show needs the ID of a session; `sessions` lists them.'))
      );
    case 'fork': {
      const title = typeof values.title === 'string' ? values.title : null;
      const before = values.before === undefined ? null : Number(values.before);
      if (before !== null && (!Number.isInteger(before) || before < 2)) {
        return err('--before is the number of an entry, from 2 on; `show ID --json` has them as "seq".');
      }
      return (
        atMost(1) ??
        (words[0]
          ? ok({ verb, id: words[0], before, title })
          : err('fork needs the ID of a session; `sessions` lists them.'))
      );
    }
    case 'switch': {
      const [id, provider] = words;
      if (!id || !provider) return err('switch needs the ID of a session and an agent, e.g. switch ses_... codex.');
      return atMost(2) ?? ok({ verb, id, provider, model: typeof values.model === 'string' ? values.model : null });
    }
    case 'verify': {
      const file = typeof values.file === 'string' ? values.file : null;
      if (file === '') return err('--file needs the name of an exported session.');
      if (file !== null && words.length > 0) return err('verify checks a session or a --file, not both.');
      return atMost(1) ?? ok({ verb, id: words[0] ?? null, file: file === null ? null : resolve(cwd, file) });
    }
    case 'backup':
      return readBackupCall(words);
    case 'restore':
      return readRestoreCall(words, values, cwd);
    case 'export': {
      if (values.all) return readExportAllCall(words, values, cwd);
      const out = typeof values.out === 'string' ? values.out : null;
      const ending = out === null ? undefined : /\.(\w+)$/.exec(out)?.[1];
      const format = exportFormats.find((one) => one === (values.format ?? ending ?? 'md'));
      if (!format) return err(`--format is one of ${exportFormats.join(', ')}.`);
      if (out === '') return err('--out needs the name of a file.');
      if (!words[0]) return err('export needs the ID of a session; `sessions` lists them.');
      return atMost(1) ?? ok({ verb, id: words[0], format, out: out === null ? null : resolve(cwd, out) });
    }
    case 'goal':
      return readGoalCall(values, words);
    case 'keys':
      return readKeysCall(words, values, Date.now(), cwd);
    case 'devices':
      return readDevicesCall(words);
    case 'pair':
      return readPairCall(words, values, Date.now(), cwd);
    case 'password':
      return atMost(0) ?? ok({ verb, remove: values.remove === true });
    case 'doctor':
    case 'status':
    case 'stop':
    case 'open':
      return atMost(0) ?? ok({ verb });
    default:
      return err(`"${verb}" is not a verb. The verbs are ${verbs.join(', ')}.`);
  }
}

/** Reads the command line. An error is one sentence for the person who typed it. */
export function readArguments(argv: string[], env: NodeJS.ProcessEnv, cwd: string): Result<Call, string> {
  try {
    const verb = verbOf(argv);
    const options: Options = { ...common, ...(own as Record<string, Options>)[verb ?? ''] };
    const { values, positionals } = parseArgs({ args: argv, strict: true, allowPositionals: true, options });
    if (values.home === '') return err('--home needs a folder.');
    const home = typeof values.home === 'string' ? resolve(cwd, values.home) : defaultHome(env, process.platform);
    const base = { home, json: values.json === true };
    if (values.version) return ok(withHome(base, { verb: 'version' }));
    if (values.help || verb === 'help') return ok(withHome(base, { verb: 'help' }));
    if (verb === undefined) return err('A verb is missing.');
    const call = readVerb(verb, values as Values, positionals.slice(1), cwd);
    return call.ok ? ok(withHome(base, call.value)) : call;
  } catch (error) {
    return err((error as Error).message.split('. ')[0]!.replace(/\.?$/, '.'));
  }
}
