import { isAbsolute, resolve } from 'node:path';
import { limits } from '../../protocol/limits.ts';
import type { FileDiff, ToolKind } from '../../protocol/values.ts';
import { diffTexts } from '../file-diff.ts';
import { type Fields, fields, list, string } from './wire.ts';

const kinds: { readonly [kind: string]: ToolKind } = {
  read: 'read',
  edit: 'edit',
  delete: 'delete',
  move: 'move',
  search: 'search',
  execute: 'execute',
  think: 'think',
  fetch: 'fetch',
  switch_mode: 'plan',
};

/** The protocol's `ToolKind` in our words. */
export function toolKind(value: unknown): ToolKind | undefined {
  if (typeof value !== 'string') return undefined;
  return Object.hasOwn(kinds, value) ? kinds[value] : 'other';
}

/** The differences in the content of a tool call (`type: "diff"`), the last one for each file. */
export function diffsOf(content: unknown, cwd: string): FileDiff[] {
  const byPath = new Map<string, FileDiff>();
  for (const value of list(content)) {
    const part = fields(value);
    const [given, after] = [string(part.path), string(part.newText)];
    if (part.type !== 'diff' || given === undefined || after === undefined) continue;
    const path = isAbsolute(given) ? resolve(given) : resolve(cwd, given);
    if (path.length > limits.pathChars) continue;
    byPath.set(path, diffOf(path, string(part.oldText), after, fields(part._meta).kind));
  }
  return [...byPath.values()];
}

/** `_meta.kind` (Gemini CLI, codex-acp) tells a new file from an empty one; without it the missing old text does. */
function diffOf(path: string, before: string | undefined, after: string, kind: unknown): FileDiff {
  const created = kind === 'add' || (kind === undefined && before === undefined);
  return diffTexts(path, created ? null : (before ?? ''), kind === 'delete' ? null : after);
}

/** Absolute paths a tool call touches: of its differences, else where it says it is. */
export function pathsOf(diffs: readonly FileDiff[], locations: unknown, cwd: string): string[] {
  if (diffs.length > 0) return diffs.map((diff) => diff.path);
  const given = list(locations).flatMap((location) => string(fields(location).path) ?? []);
  return [...new Set(given.map((path) => (isAbsolute(path) ? resolve(path) : resolve(cwd, path))))];
}

/** The terminal that is shown in a tool call, the last one. */
export function terminalOf(content: unknown): string | undefined {
  return list(content)
    .map(fields)
    .filter((part) => part.type === 'terminal')
    .map((part) => string(part.terminalId))
    .at(-1);
}

/** The call an update belongs to, where a sub-agent made it: not in the protocol yet; `_meta.claudeCode.parentToolUseId` (claude-agent-acp). */
export function parentOf(update: Fields): string | undefined {
  return string(fields(fields(update._meta).claudeCode).parentToolUseId);
}

/** The text in the content of a tool call. */
export function textOf(content: unknown): string {
  return list(content)
    .map(fields)
    .map((part) => (part.type === 'content' ? blockText(fields(part.content)) : ''))
    .filter((text) => text !== '')
    .join('\n');
}

/** Text of one content block; what is not text is named. */
export function blockText(block: Fields): string {
  switch (block.type) {
    case 'text':
      return unfenced(string(block.text) ?? '');
    case 'image':
    case 'audio':
      return `[${block.type}]`;
    case 'resource_link':
      return string(block.uri) ?? '';
    case 'resource':
      return string(fields(block.resource).text) ?? '';
    default:
      return '';
  }
}

/** Some agents put output into a Markdown fence; the record keeps what was printed. */
function unfenced(text: string): string {
  return /^(`{3,})[\w-]*\n([\s\S]*?)\n?\1\s*$/.exec(text)?.[2] ?? text;
}

/** What a tool printed, as agents put it into `rawOutput`. */
export function rawText(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  const given = fields(raw);
  for (const name of ['formatted_output', 'aggregated_output', 'output', 'stdout', 'text']) {
    const text = string(given[name]);
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

/** Exit code of a command, where the agent tells it. */
export function exitCodeOf(update: Fields): number | undefined {
  const raw = fields(update.rawOutput);
  const code = fields(fields(update._meta).terminal_exit).exit_code ?? raw.exit_code ?? raw.exitCode;
  return typeof code === 'number' && Number.isInteger(code) ? code : undefined;
}
