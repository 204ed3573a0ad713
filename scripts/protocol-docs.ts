/**
 * Writes docs/protocol.md from the zod schemas of main/protocol and the comments beside them, so that it cannot drift.
 * `node scripts/protocol-docs.ts` writes it; `--check` fails when the file is not what would be written (the tests do the same).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import * as access from '../main/protocol/access.ts';
import { Command } from '../main/protocol/commands.ts';
import { clientDoes, type ErrorCode, errors, Problem, retries } from '../main/protocol/errors.ts';
import { SessionEvent } from '../main/protocol/events.ts';
import * as frames from '../main/protocol/frames.ts';
import * as gateway from '../main/protocol/gateway.ts';
import { limits } from '../main/protocol/limits.ts';
import { Query } from '../main/protocol/queries.ts';
import * as settings from '../main/protocol/settings.ts';
import * as values from '../main/protocol/values.ts';
import { protocolVersion } from '../main/protocol/version.ts';
import * as views from '../main/protocol/views.ts';
import { frameScopeNotes, frameScopes, type Needs } from '../main/security/scopes.ts';
import { exchangeText } from './protocol-example.ts';

const protocolDir = join(import.meta.dirname, '../main/protocol');
export const protocolDocPath = join(import.meta.dirname, '../docs/protocol.md');

type Json = Record<string, unknown> & {
  properties?: Record<string, Json>;
  required?: string[];
  anyOf?: Json[];
  oneOf?: Json[];
  allOf?: Json[];
  items?: Json;
  enum?: unknown[];
  const?: unknown;
  type?: string;
  additionalProperties?: Json | boolean;
};

const named = new Map<object, string>();
/** Frames of their own have sections of their own. */
const isFrame = (schema: z.ZodType): boolean => schema instanceof z.ZodObject && 'command_id' in schema.shape;
/** What frames are made of, by name. */
const parts: Record<string, unknown> = { ...access, ...gateway, ...settings, ...views };
for (const [name, schema] of [...Object.entries(values), ...Object.entries(parts)]) {
  if (schema instanceof z.ZodType && !isFrame(schema)) named.set(schema, name);
}
named.set(Problem, 'Problem');
const registry = z.registry<{ id: string }>();
for (const [schema, id] of named) registry.add(schema as z.ZodType, { id });

const toJson = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { metadata: registry, unrepresentable: 'any', io: 'input' }) as Json;

/** A type in a cell of a table. */
function typeText(schema: Json): string {
  if (typeof schema.$ref === 'string')
    return `[${schema.$ref.split('/').at(-1)}](#${schema.$ref.split('/').at(-1)?.toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((one) => `\`${JSON.stringify(one)}\``).join(' \\| ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeText))].join(' \\| ');
  if (schema.type === 'array') return `array of ${schema.items ? typeText(schema.items) : 'anything'}`;
  if (schema.type === 'object' && schema.properties) {
    return `{ ${Object.entries(schema.properties)
      .map(([key, value]) => `${key}${schema.required?.includes(key) ? '' : '?'}: ${typeText(value)}`)
      .join(', ')} }`;
  }
  if (schema.type === 'object') return 'object';
  const bounds = [
    schema.minLength !== undefined && `at least ${schema.minLength} characters`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    typeof schema.pattern === 'string' && `\`${schema.pattern.replaceAll('|', '\\|')}\``,
  ].filter(Boolean);
  return [schema.type ?? 'anything', ...bounds].join(', ');
}

const sources = [
  'commands',
  'queries',
  'access',
  'gateway',
  'frames',
  'events',
  'values',
  'views',
  'settings',
  'errors',
]
  .map((name) => readFileSync(join(protocolDir, `${name}.ts`), 'utf8'))
  .join('\n');

const prose = (comment: string): string =>
  comment
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*\/?\*+\/?\s?/, '')
        .replace(/\*\/\s*$/, '')
        .trim(),
    )
    .filter(Boolean)
    .join(' ');

/** The comment right above the declaration in which `needle` stands. */
function commentOf(needle: RegExp): string {
  const at = sources.search(needle);
  if (at < 0) return '';
  const declaration = Math.max(sources.lastIndexOf('\nconst ', at), sources.lastIndexOf('\nexport const ', at));
  const before = sources.slice(0, declaration).trimEnd();
  if (!before.endsWith('*/')) return '';
  return prose(before.slice(before.lastIndexOf('/**')));
}

/** The comment right above a member of the declaration in which `needle` stands. */
function memberComment(needle: RegExp, member: string): string {
  const at = sources.search(needle);
  if (at < 0) return '';
  const start = Math.max(sources.lastIndexOf('\nconst ', at), sources.lastIndexOf('\nexport const ', at));
  const end = sources.indexOf('\n});', start);
  const body = sources.slice(start, end < 0 ? undefined : end);
  const found = new RegExp(`(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\s*\\n\\s*${member}:`).exec(body);
  return found ? prose(found[1]!) : '';
}

function table(schema: Json, needle: RegExp, skip: string[] = ['type']): string {
  const rows = Object.entries(schema.properties ?? {})
    .filter(([key]) => !skip.includes(key))
    .map(([key, value]) => {
      const about = memberComment(needle, key);
      return `| \`${key}\` | ${typeText(value)} | ${schema.required?.includes(key) ? 'yes' : ''} | ${about} |`;
    });
  if (rows.length === 0) return '_No further fields._\n';
  return ['| Field | Type | Required | |', '|---|---|---|---|', ...rows, ''].join('\n');
}

/** What the scope table says of a frame of a client; nothing of other things. */
function scopesOf(type: string): string[] {
  if (!(type in frameScopes)) return [];
  const frame = type as keyof typeof frameScopes;
  const needs = frameScopes[frame] as Needs<never>;
  // Of a row that depends on the frame: what is needed whatever it says.
  const base = typeof needs === 'function' ? needs({ scopes: [], rule: {} } as never) : needs;
  const more = frameScopeNotes[frame];
  if (typeof needs === 'function' && !more) throw new Error(`frameScopeNotes has no words for ${type}`);
  const scopes = base.length === 0 ? 'no scope' : base.map((scope) => `\`${scope}\``).join(' and ');
  return [`Needs ${scopes}${more ? `; also ${more}` : ''}.`, ''];
}

/** One section per member of a union by `type`. */
function unionSections(schema: z.ZodType, skip: string[]): string {
  const json = toJson(schema);
  return (json.anyOf ?? json.oneOf ?? [json])
    .map((one) => {
      const type = String(one.properties?.type?.const ?? '');
      const needle = new RegExp(`(z\\.literal|command|query|delta)\\('${type}'`);
      return [`### \`${type}\``, '', commentOf(needle), '', ...scopesOf(type), table(one, needle, skip)].join('\n');
    })
    .join('\n');
}

function namedSections(module: Record<string, unknown>): string {
  return Object.entries(module)
    .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType && !isFrame(entry[1]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => {
      const json = toJson(schema);
      const self = (json.$defs as Record<string, Json> | undefined)?.[name] ?? json;
      const needle = new RegExp(`export const ${name} = `);
      const about = commentOf(needle) || commentBefore(name);
      const body = self.properties ? table(self, needle, []) : `${typeText({ ...self, $ref: undefined })}\n`;
      return [`### ${name}`, '', about, '', body].join('\n');
    })
    .join('\n');
}

function commentBefore(name: string): string {
  const at = sources.search(new RegExp(`\\nexport const ${name} = `));
  const before = sources.slice(0, at).trimEnd();
  return before.endsWith('*/') ? prose(before.slice(before.lastIndexOf('/**'))) : '';
}

/** Every frame of a server, as the union has them. */
function serverFrames(): z.ZodType[] {
  return frames.ServerFrame.options.flatMap((one) =>
    one instanceof z.ZodDiscriminatedUnion ? (one.options as unknown as z.ZodType[]) : [one as z.ZodType],
  );
}

export function protocolDoc(): string {
  const sections = [
    '# The protocol',
    '',
    '<!-- Generated by `npm run docs` from main/protocol. Do not edit. -->',
    '',
    `Version ${protocolVersion}. One JSON object per frame, UTF-8. The window speaks it over IPC, browsers and scripts over the WebSocket \`/api/v1/ws\`; it is the same everywhere.`,
    '',
    'A client sends frames with a `command_id` of its own making and gets one `response` with the same `command_id`. Beside that it gets what it follows: `attach` to a session, `watch_sessions` for the list.',
    '',
    '```text',
    'client                                   server',
    '  |                          welcome <---  |',
    '  |  attach(session, after_seq 41)  --->   |',
    '  |               response, events 42..57  |   everything after 41, once, in order',
    '  |            attached(57), item_snapshot |   then what is open, as a whole',
    '  |                  text_delta, events .. |   then live; the same after every reconnect',
    '```',
    '',
    '## The rules a client lives by',
    '',
    '1. Make a fresh `command_id` for every command, keep it until its `response` is there, and send the very same frame again after a reconnect: it has one effect, and gets its first answer again.',
    '2. Remember, for each session, the last `seq` you have, and say it in `attach` after every reconnect. You get exactly the rest, once, in order. When the answer says `reset`, forget what you have of it.',
    '3. Show deltas while they come and replace them by the finished event. A delta that does not fit its `offset` means that you missed an `item_snapshot`: attach again.',
    '4. Believe the log, not your own guess: a message you sent is there when its `user_message` or `message_queued` is. Every client of a session sees the same order.',
    '5. After a close, connect again after 1 s, then 2, 4 … up to 30 s, each with some chance in it; at once when the network comes back. The table of [errors](#errors) says when not to.',
    '6. A peer is dead when nothing came from it for a minute: send `ping` when it was silent for 30 s. The server looks for dead clients with WebSocket pings every 30 s and closes those that do not answer.',
    '7. Long sessions need not be replayed: `attach` with `tail`, then `history` for what is before, page by page. Long lists likewise: `sessions_page`, `approvals_list`.',
    '',
    '## One exchange',
    '',
    '`>>` is what the client sends, `<<` what the server sends.',
    '',
    '```text',
    exchangeText(),
    '```',
    '',
    '## Names from elsewhere',
    '',
    '| You know it as | Here |',
    '|---|---|',
    '| `cancel` (denkeeper), `stop` | `cancel` or `abort`, with an answer; the end of the turn follows as `turn_end` |',
    '| `chat_request` (denkeeper) | `chat_request`: a message into a session or into a new one |',
    '| `resume_after_seq` (denkeeper), `Last-Event-ID` | `after_seq` of `attach` |',
    '| `approval_response` with `approve`, `deny`, `auto_session`, `auto_always` (denkeeper) | `decision`: `allow_once`, `deny`, `allow_session`, `allow_always` |',
    '| `set_workspace_scope` (nanobot) | `set_workspace_scope` with `cwd`; what the agent may do is its mode, `set_mode` |',
    '| `stream_end`, `turn_end` (nanobot); `done` (denkeeper); `result` (ductor) | `turn_end` |',
    '| `delta`, `content_delta` | `text_delta` |',
    '',
    'Unknown frame types and unknown fields are to be ignored. Durable events have a `seq` that counts 1, 2, 3 … per session; deltas have none and are never stored: the finished `text` event says the whole again.',
    '',
    '## Limits',
    '',
    '| Limit | Value |',
    '|---|---|',
    ...Object.entries(limits).map(([name, value]) => `| \`${name}\` | ${value} |`),
    '',
    '## What a client sends',
    '',
    '### Following',
    '',
    unionSections(z.union([frames.Attach, frames.Detach, frames.WatchSessions, frames.Ping]), ['type', 'command_id']),
    '## Commands',
    '',
    'A command changes something. It is carried out once: the same `command_id` again gets the first answer again.',
    '',
    unionSections(Command, ['type', 'command_id']),
    '## Queries',
    '',
    'A query changes no session; `command_id` only correlates the answer.',
    '',
    unionSections(Query, ['type', 'command_id']),
    '## What a server sends',
    '',
    ...serverFrames().map((schema) => unionSections(schema, ['type'])),
    '## Durable events',
    '',
    'Every one of them also has `session_id`, `seq`, `ts` (milliseconds since 1970, UTC) and `turn_id` (or null).',
    '',
    unionSections(SessionEvent, ['type']),
    '## Values',
    '',
    namedSections(values),
    '## Views',
    '',
    namedSections(parts),
    '## Errors',
    '',
    'A refusal is a `Problem`: `code`, `message` (what happened), `impact` (what it means for the work), `next` (what the person can do), `detail`. What a client does about it depends on the code alone:',
    '',
    '| Try again | What the client does next |',
    '|---|---|',
    ...Object.entries(retries).map(([retry, does]) => `| ${retry.replaceAll('_', ' ')} | ${does} |`),
    '',
    '| Code | Meaning | Try again | HTTP | Closes the connection |',
    '|---|---|---|---|---|',
    ...Object.entries(errors).map(
      ([code, row]) =>
        `| \`${code}\` | ${row.means}${clientDoes[code as ErrorCode] ? ` ${clientDoes[code as ErrorCode]}` : ''} | ${row.retry.replaceAll('_', ' ')} | ${row.http} | ${row.closes || ''} |`,
    ),
    '',
    '### Problem',
    '',
    table(toJson(Problem), /export const Problem = /, []),
    '',
  ];
  return `${sections
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const doc = protocolDoc();
  if (process.argv.includes('--check')) {
    if (readFileSync(protocolDocPath, 'utf8') !== doc) {
      console.error('docs/protocol.md is not what the schemas say. Run: npm run docs');
      process.exit(1);
    }
  } else writeFileSync(protocolDocPath, doc);
}
