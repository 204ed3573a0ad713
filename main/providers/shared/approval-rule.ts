import { isAbsolute, relative, sep } from 'node:path';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { RuleMatch, ToolKind } from '../../protocol/values.ts';
import { fields, list, string } from './fields.ts';

export interface RuleRequest {
  tool: string;
  kind: ToolKind;
  input: unknown;
  /** The CLI's own suggestions (`permission_suggestions`). */
  suggestions: unknown;
  /** Real, absolute path the tool would touch. */
  path?: string | undefined;
  /** Real path of the session's folder. */
  cwd: string;
  /** Real path of the person's home folder, where it is known. */
  home?: string | undefined;
}

const maxPattern = 20_000;
const labelChars = 280;

/** With one of these at its start, "anything that begins like this" would be "anything". */
const runsOthers =
  /^(?:sudo|doas|su|env|command|exec|eval|source|\.|time|nice|nohup|timeout|xargs|parallel|watch|find|ssh|docker|podman|kubectl|awk|gawk|sed|perl|python[\d.]*|ruby|node|deno|bun|npx|bunx|pnpx|uvx|lua|php|osascript|powershell|pwsh|cmd|(?:ba|da|z|fi|k|c|tc)?sh)$/;

/** Characters with which a shell starts something else, or reads or writes elsewhere. */
const shellControl = /[;&|<>`$(){}\n\r\\!*?[\]#~]/;

/**
 * What "allow for this session" and "always allow" would cover, drawn as narrow as the words on the button. Pure.
 * @returns null when nothing safe can be said; then only "once" is offered.
 */
export function approvalRule(request: RuleRequest): RuleMatch | null {
  const { tool, kind, input } = request;
  if (kind === 'question' || kind === 'plan' || kind === 'agent') return null;
  if (kind === 'execute') return commandRule(request);
  if (kind === 'edit') return folderRule(request);
  const pattern = canonicalJson(input);
  if (pattern.length > maxPattern) return null;
  return { tool, match: 'exact', pattern, label: shorten(`${tool} with exactly this input`) };
}

/** Fields of a command's input that do not change what it may do. With any other one the words on the button would not say everything. */
const harmless: ReadonlySet<string> = new Set(['command', 'description', 'timeout']);

function commandRule({ tool, input, suggestions }: RuleRequest): RuleMatch | null {
  if (!Object.keys(fields(input)).every((field) => harmless.has(field))) return null;
  const command = string(fields(input).command);
  if (command === undefined || command === '' || command.length > maxPattern) return null;
  const prefix = suggestedPrefix(tool, suggestions);
  if (prefix !== null && command.startsWith(`${prefix} `) && !shellControl.test(command.slice(prefix.length))) {
    return { tool, match: 'prefix', pattern: `${prefix} `, label: shorten(`\`${prefix} …\``) };
  }
  return { tool, match: 'exact', pattern: command, label: shorten(`\`${command}\``) };
}

/** `touch a1 *` (older versions: `touch a1:*`) in a single suggested rule for this tool; null when there is anything else. */
function suggestedPrefix(tool: string, suggestions: unknown): string | null {
  const rules = list(suggestions)
    .map(fields)
    .filter((suggestion) => suggestion.type === 'addRules')
    .flatMap((suggestion) => list(suggestion.rules).map(fields));
  const content = string(rules[0]?.ruleContent);
  if (rules.length !== 1 || rules[0]?.toolName !== tool || content === undefined) return null;
  const prefix = /^(\S[^*]*?)(?: |:)\*$/.exec(content)?.[1]?.trimEnd();
  if (prefix === undefined || shellControl.test(prefix)) return null;
  const words = prefix.split(/\s+/);
  const program = words[0]?.split('/').at(-1) ?? '';
  if (runsOthers.test(program) || /^[A-Za-z_]\w*=/.test(words[0] ?? '')) return null;
  return prefix;
}

/** Edits: everything this tool does in the session's folder, if that is where this one is. */
function folderRule({ tool, path, cwd, home }: RuleRequest): RuleMatch | null {
  if (holdsHome(cwd, home)) return null;
  if (path === undefined || !isInside(cwd, path) || isSensitive(cwd, path)) return null;
  return { tool, match: 'folder', pattern: cwd, label: `${tool} in this folder` };
}

/** True when `path` is `folder` or lies below it. Both absolute and real. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Is the folder the person's home, or does it hold it? A rule for it would cover settings of every other program. All absolute and real. */
export function holdsHome(folder: string, home: string | undefined): boolean {
  return home !== undefined && isInside(folder, home);
}

/** Parts of a path whose content is run or obeyed by others: hooks, editor tasks, the agent's own settings, what a shell reads at its start. */
const obeyed =
  /^\.(?:git|claude|vscode|idea|husky|github|envrc|mcp\.json|ssh|config|npmrc|gitconfig|bashrc|bash_profile|bash_login|profile|zshrc|zshenv|zprofile|zlogin)$/i;

/** Such files are asked for one by one. */
export function isSensitive(cwd: string, path: string): boolean {
  return relative(cwd, path)
    .split(sep)
    .some((part) => obeyed.test(part));
}

function shorten(label: string): string {
  const line = label.replace(/\s+/g, ' ');
  return line.length > labelChars ? `${line.slice(0, labelChars - 1)}…` : line;
}
