import type { SlashCommand } from '../../protocol/values.ts';
import { fields, list, string } from './wire.ts';

const maxCommands = 500;

/** `available_commands_update`: all commands the agent offers now. One without a name, or told twice, is left out. */
export function slashCommands(available: unknown): SlashCommand[] {
  const byName = new Map<string, SlashCommand>();
  for (const value of list(available)) {
    const { name: given, description, input } = fields(value);
    const name = (string(given) ?? '').replace(/^\/+/, '').trim().slice(0, 200);
    if (name === '' || byName.has(name) || byName.size >= maxCommands) continue;
    const hint = string(fields(input).hint)?.slice(0, 500);
    byName.set(name, {
      name,
      description: (string(description) ?? '').slice(0, 2000),
      ...(hint === undefined || hint === '' ? {} : { hint }),
    });
  }
  return [...byName.values()];
}
