import { isAbsolute, relative } from 'node:path';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { limits } from '../../protocol/limits.ts';
import type { ToolKind } from '../../protocol/values.ts';
import { amount, type Fields, fields, list, string } from '../shared/fields.ts';
import { type Change, readChanges } from './changes.ts';
import { unwrapCommand } from './shell-command.ts';

/** An item of a thread that is a tool call, in our words. */
export interface ToolItem {
  tool: string;
  kind: ToolKind;
  title: string;
  input: unknown;
  /** `commandExecution`: what runs, without Codex's wrapping. */
  command?: string;
  /** `fileChange`. */
  changes?: readonly Change[];
}

/** Far above what is kept; the record cuts and counts, this only keeps a monster out of memory. */
const outputChars = 4 * limits.toolOutputChars;
const titleChars = 300;

/** @returns null for an item that is no tool call, or one that is not known. */
export function toolItem(item: Fields, cwd: string): ToolItem | null {
  switch (item.type) {
    case 'commandExecution': {
      const command = unwrapCommand(string(item.command) ?? '');
      const folder = string(item.cwd);
      const input = { command, ...(folder === undefined || folder === cwd ? {} : { cwd: folder }) };
      return { tool: 'shell', kind: 'execute', title: titled(command, 'Command'), input, command };
    }
    case 'fileChange': {
      const changes = readChanges(item, cwd);
      const kinds = new Set(changes.map((change) => (change.from === undefined ? change.kind : 'move')));
      const only = kinds.size === 1 ? [...kinds][0] : undefined;
      const kind = only === 'delete' || only === 'move' ? only : 'edit';
      const names = changes.map(({ path }) => shortPath(path, cwd));
      return {
        tool: 'apply_patch',
        kind,
        title: titled(names.join(', '), 'Change files'),
        input: { changes: list(item.changes) },
        changes,
      };
    }
    case 'mcpToolCall': {
      const name = `${string(item.server) ?? 'mcp'}: ${string(item.tool) ?? 'tool'}`;
      return { tool: name.slice(0, 200), kind: 'other', title: titled(name, 'Tool'), input: item.arguments ?? {} };
    }
    case 'dynamicToolCall': {
      const name = string(item.tool) ?? 'tool';
      return { tool: name.slice(0, 200), kind: 'other', title: titled(name, 'Tool'), input: item.arguments ?? {} };
    }
    case 'webSearch': {
      const action = fields(item.action);
      const page = string(action.url);
      const query = string(item.query) || string(action.query) || page || '';
      const kind = page === undefined ? 'search' : 'fetch';
      return {
        tool: 'web_search',
        kind,
        title: titled(query, 'Web search'),
        input: { query, action: item.action ?? null },
      };
    }
    case 'collabAgentToolCall': {
      const prompt = string(item.prompt) ?? '';
      const name = string(item.tool) ?? 'agent';
      const input = { prompt, agents: list(item.receiverThreadIds) };
      return { tool: name.slice(0, 200), kind: 'agent', title: titled(prompt, name), input };
    }
    case 'subAgentActivity': {
      if (item.kind !== 'started') return null;
      const path = string(item.agentPath) ?? '';
      const title = titled(path.replace(/^\/root\//, ''), 'Sub-agent');
      return { tool: 'spawn_agent', kind: 'agent', title, input: { agent: path, model: item.model ?? null } };
    }
    case 'imageView': {
      const path = string(item.path) ?? '';
      return { tool: 'view_image', kind: 'read', title: titled(shortPath(path, cwd), 'Image'), input: { path } };
    }
    case 'imageGeneration':
      return { tool: 'image_generation', kind: 'other', title: 'Make an image', input: {} };
    case 'sleep':
      return { tool: 'sleep', kind: 'other', title: 'Wait', input: { duration_ms: amount(item.durationMs) ?? null } };
  }
  return null;
}

type ToolEnd = Extract<ProviderEvent, { type: 'tool_end' }>;

/** How a finished item ended. @param streamed - its output as far as it came in deltas; @param sinceMs - since it began. */
export function toolEnd(id: string, item: Fields, streamed: string, sinceMs: number): ToolEnd {
  const status = item.status === 'declined' ? 'denied' : isFailed(item) ? 'failed' : 'completed';
  const end: ToolEnd = { type: 'tool_end', tool_call_id: id, status };
  // What was denied took no time but a person's.
  if (status !== 'denied') end.duration_ms = durationOf(item) ?? sinceMs;
  // What came before the item was told is never sent as a delta: only the collected output is whole.
  const output = status === 'denied' ? '' : boundedOutput(outputOf(item) || streamed);
  if (output !== '') end.output = output;
  if (item.type === 'commandExecution' && status !== 'denied') {
    // -1 stands for "ended from outside".
    end.exit_code = typeof item.exitCode === 'number' && item.exitCode >= 0 ? Math.trunc(item.exitCode) : null;
  }
  return end;
}

function isFailed(item: Fields): boolean {
  if (item.status === 'failed' || item.success === false) return true;
  return item.type === 'commandExecution' && typeof item.exitCode === 'number' && item.exitCode !== 0;
}

function durationOf(item: Fields): number | undefined {
  const [from, to] = [amount(item.startedAtMs), amount(item.completedAtMs)];
  // `durationMs` of a short command is 0, and has no waiting for approval in it; the item's own times have.
  return amount(item.durationMs) || (from === undefined || to === undefined || to < from ? undefined : to - from);
}

function outputOf(item: Fields): string {
  switch (item.type) {
    case 'commandExecution':
      return string(item.aggregatedOutput) ?? '';
    case 'mcpToolCall':
      return string(fields(item.error).message) ?? contentText(fields(item.result).content);
    case 'dynamicToolCall':
      return contentText(item.contentItems);
    case 'collabAgentToolCall':
      return Object.values(fields(item.agentsStates))
        .map((state) => string(fields(state).message) ?? string(fields(state).status) ?? '')
        .filter((text) => text !== '')
        .join('\n');
    case 'webSearch':
      return list(item.results)
        .map((result) => string(fields(result).url) ?? '')
        .filter((text) => text !== '')
        .join('\n');
  }
  return '';
}

function contentText(content: unknown): string {
  return list(content)
    .map((part) => string(fields(part).text) ?? '')
    .filter((text) => text !== '')
    .join('\n');
}

export function boundedOutput(text: string): string {
  if (text.length <= outputChars) return text;
  const half = outputChars / 2;
  return `${text.slice(0, half)}\n… ${text.length - outputChars} characters left out …\n${text.slice(-half)}`;
}

/** Relative to the session's folder when the path lies in it. */
function shortPath(path: string, cwd: string): string {
  if (!isAbsolute(path)) return path;
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith('..') || isAbsolute(short) ? path : short;
}

function titled(text: string, otherwise: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return otherwise;
  const end = trimmed.search(/[\r\n]/);
  const line = end === -1 ? trimmed : `${trimmed.slice(0, end)} …`;
  return line.length > titleChars ? `${line.slice(0, titleChars - 1)}…` : line;
}
