import type { SlashCommand } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';

/** A command of the composer. `ours`: the app carries it out; the agent never sees it. */
export interface ComposerCommand extends SlashCommand {
  readonly ours: boolean;
}

/** What the app itself understands after a slash. */
export function appCommands({ goals }: { goals: boolean }): readonly ComposerCommand[] {
  return [
    ...(goals ? [{ name: 'goal', description: t.commands.goal, hint: t.commands.goalHint, ours: true }] : []),
    { name: 'fork', description: t.commands.fork, ours: true },
    { name: 'rename', description: t.commands.rename, hint: t.commands.renameHint, ours: true },
  ];
}

/** Ours first; a command of the CLI with the same name would never be reached. */
export function mergeCommands(
  ours: readonly ComposerCommand[],
  theirs: readonly SlashCommand[],
): readonly ComposerCommand[] {
  const taken = new Set(ours.map((one) => one.name));
  return [...ours, ...theirs.filter((one) => !taken.has(one.name)).map((one) => ({ ...one, ours: false }))];
}

/** What is typed of a command's name: "/com" gives "com"; null when it is no command, or its name is finished. */
export function typedCommand(text: string): string | null {
  return /^\/([^\s/]*)$/.exec(text)?.[1] ?? null;
}

/** Commands for what is typed: those whose name begins like it, then those that contain it. */
export function matchCommands(commands: readonly ComposerCommand[], typed: string): readonly ComposerCommand[] {
  const wanted = typed.toLowerCase();
  const begins = commands.filter((one) => one.name.toLowerCase().startsWith(wanted));
  const contains = commands.filter((one) => !begins.includes(one) && one.name.toLowerCase().includes(wanted));
  return [...begins, ...contains];
}

export type AppCommand =
  | { readonly type: 'goal'; readonly objective: string }
  | { readonly type: 'goal_action'; readonly action: 'pause' | 'resume' | 'clear' }
  | { readonly type: 'goal_empty' }
  | { readonly type: 'fork' }
  | { readonly type: 'rename'; readonly title: string };

/** The app's own command that a text is; null when the text is for the agent. */
export function parseAppCommand(text: string, { goals }: { goals: boolean }): AppCommand | null {
  const match = /^\/(\w+)(?:\s+([\s\S]*))?$/.exec(text.trim());
  if (!match) return null;
  const [, name, rest = ''] = match;
  const words = rest.trim();
  if (name === 'goal' && goals) {
    if (words === '') return { type: 'goal_empty' };
    if (words === 'pause' || words === 'resume' || words === 'clear') return { type: 'goal_action', action: words };
    return { type: 'goal', objective: words };
  }
  if (name === 'fork' && words === '') return { type: 'fork' };
  if (name === 'rename' && words !== '') return { type: 'rename', title: words };
  return null;
}
