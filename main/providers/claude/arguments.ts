import type { PermissionMode } from '../../protocol/values.ts';

/** Names of Claude Code's permission modes. */
export type CliMode = 'default' | 'acceptEdits' | 'plan';

/**
 * `full` and `accept-edits` are the CLI's `default`: it asks about everything, and what the mode covers is answered yes and recorded. So nothing
 * is ever run without an entry in the log; it works for root, to whom the CLI refuses its own bypass; and "accept edits" means edits: the
 * CLI's own `acceptEdits` also runs `rm -rf`, `mv` and the like inside the folder unasked (seen with 2.1.328).
 */
export function cliMode(mode: PermissionMode): CliMode {
  return mode === 'plan' ? 'plan' : 'default';
}

/** @returns our name of a mode that the CLI took by itself; null for one we have no name for. */
export function modeOf(cli: string): PermissionMode | null {
  if (cli === 'default' || cli === 'manual') return 'ask';
  if (cli === 'acceptEdits') return 'accept-edits';
  return cli === 'plan' ? 'plan' : null;
}

/** A model's name or id as the CLI takes it: nothing that could be read as another option. */
const modelName = /^[A-Za-z0-9][\w.:@/[\]-]{0,199}$/;
const sessionId = /^[A-Za-z0-9][\w.-]{0,199}$/;

/**
 * The command line of one conversation. What people write never stands in it (it would show in the process list); it goes through stdin.
 * `--permission-mode` is always given, else the person's own default would hold here too.
 */
export function claudeArguments(options: {
  mode: PermissionMode;
  model: string | null;
  resume: string | null;
  /** Go on from `resume` as a conversation of its own. */
  fork?: boolean;
  /** Id of a new session; not used with `resume`. */
  newSession: string;
  /** Names of tool servers whose tools run without asking. */
  toolServers?: readonly string[];
}): string[] {
  const { mode, model, resume, fork, newSession, toolServers = [] } = options;
  const conversation =
    resume === null ? ['--session-id', newSession] : ['--resume', resume, ...(fork ? ['--fork-session'] : [])];
  return [
    '-p',
    ...['--input-format', 'stream-json'],
    ...['--output-format', 'stream-json'],
    '--verbose',
    '--include-partial-messages',
    ...['--permission-prompt-tool', 'stdio'],
    ...['--permission-mode', cliMode(mode)],
    ...(model !== null && isModelName(model) ? ['--model', model] : []),
    ...(toolServers.length > 0 ? ['--allowedTools', toolServers.map((name) => `mcp__${name}__*`).join(',')] : []),
    ...conversation,
  ];
}

/** What the CLI could take for the id of a conversation, and for nothing else. */
export function isSessionId(id: string): boolean {
  return sessionId.test(id);
}

/**
 * The command line of a process that only answers `initialize`: nothing of it is kept, no tool server and no hook of the person's is started.
 */
export const probeArguments: readonly string[] = [
  '-p',
  ...['--input-format', 'stream-json'],
  ...['--output-format', 'stream-json'],
  '--verbose',
  '--strict-mcp-config',
  '--no-session-persistence',
  ...['--settings', '{"disableAllHooks":true}'],
];

export function isModelName(model: string): boolean {
  return modelName.test(model);
}
