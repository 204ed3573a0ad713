import { isAbsolute, relative } from 'node:path';
import type { ToolKind } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';

const titleChars = 1000;

const kinds: { readonly [tool: string]: ToolKind } = {
  Bash: 'execute',
  BashOutput: 'execute',
  KillShell: 'execute',
  PowerShell: 'execute',
  Monitor: 'execute',
  Edit: 'edit',
  Write: 'edit',
  MultiEdit: 'edit',
  NotebookEdit: 'edit',
  Read: 'read',
  NotebookRead: 'read',
  Grep: 'search',
  Glob: 'search',
  LS: 'search',
  ToolSearch: 'search',
  WebFetch: 'fetch',
  WebSearch: 'fetch',
  Task: 'agent',
  Agent: 'agent',
  Workflow: 'agent',
  TodoWrite: 'plan',
  TaskCreate: 'plan',
  TaskUpdate: 'plan',
  TaskList: 'plan',
  TaskGet: 'plan',
  EnterPlanMode: 'plan',
  ExitPlanMode: 'plan',
  AskUserQuestion: 'question',
};

/** What a tool of Claude Code does, in our words. Tools of MCP servers are `other`: their names promise nothing. */
export function toolKind(tool: string): ToolKind {
  return Object.hasOwn(kinds, tool) ? (kinds[tool] as ToolKind) : 'other';
}

/** The file a tool call is about, as the model wrote it. */
export function toolPath(input: unknown): string | undefined {
  const given = fields(input);
  return string(given.file_path) ?? string(given.notebook_path);
}

/** One line for people. */
export function toolTitle(tool: string, input: unknown, cwd: string): string {
  const title = firstLine(describe(tool, fields(input), cwd) ?? readableName(tool));
  return title === '' ? tool.slice(0, 200) : title;
}

function describe(tool: string, input: Fields, cwd: string): string | undefined {
  switch (tool) {
    case 'Bash':
    case 'PowerShell':
      return string(input.command);
    case 'Grep':
    case 'Glob':
      return withPlace(string(input.pattern), string(input.path), cwd);
    case 'LS':
      return shortPath(string(input.path), cwd);
    case 'WebFetch':
      return string(input.url);
    case 'WebSearch':
    case 'ToolSearch':
      return string(input.query);
    case 'Task':
    case 'Agent':
      return string(input.description);
    case 'TaskCreate':
      return string(input.subject);
    case 'Skill':
      return string(input.skill) ?? string(input.command);
    case 'TodoWrite':
      return `${list(input.todos).length} steps`;
    case 'ExitPlanMode':
      return 'Plan';
    case 'AskUserQuestion':
      return string(fields(list(input.questions)[0]).question);
    default:
      return shortPath(toolPath(input), cwd);
  }
}

/** `mcp__server__tool` is how the CLI names the tools of an MCP server. */
function readableName(tool: string): string {
  const match = /^mcp__(.+?)__(.+)$/.exec(tool);
  return match === null ? tool : `${match[1]}: ${match[2]}`;
}

function withPlace(what: string | undefined, path: string | undefined, cwd: string): string | undefined {
  const place = shortPath(path, cwd);
  return what === undefined || place === undefined ? what : `${what} in ${place}`;
}

/** Relative to the session's folder when the path lies in it. */
function shortPath(path: string | undefined, cwd: string): string | undefined {
  if (path === undefined || !isAbsolute(path)) return path;
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith('..') || isAbsolute(short) ? path : short;
}

function firstLine(text: string): string {
  const trimmed = text.trim();
  const end = trimmed.search(/[\r\n]/);
  const line = end === -1 ? trimmed : `${trimmed.slice(0, end)} …`;
  return line.length > titleChars ? `${line.slice(0, titleChars - 1)}…` : line;
}
