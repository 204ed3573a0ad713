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
  /** Id of a new session; not used with `resume`. */
  newSession: string;
}): string[] {
  const { mode, model, resume, newSession } = options;
  const conversation = resume !== null && sessionId.test(resume) ? ['--resume', resume] : ['--session-id', newSession];
  return [
    '-p',
    ...['--input-format', 'stream-json'],
    ...['--output-format', 'stream-json'],
    '--verbose',
    '--include-partial-messages',
    ...['--permission-prompt-tool', 'stdio'],
    ...['--permission-mode', cliMode(mode)],
    ...(model !== null && isModelName(model) ? ['--model', model] : []),
    ...conversation,
  ];
}

export function isModelName(model: string): boolean {
  return modelName.test(model);
}
