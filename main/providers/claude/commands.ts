import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { SlashCommand } from '../../protocol/values.ts';
import { fields, list, string } from '../shared/fields.ts';

const maxCommands = 1000;

/** The slash commands of an `initialize` answer or a `commands_changed` line; what is not meant for people (`__name`) is left out. */
export function slashCommands(value: unknown): SlashCommand[] {
  return list(value)
    .map(fields)
    .flatMap((command) => {
      const name = string(command.name)?.replace(/^\//, '') ?? '';
      if (name === '' || name.length > 200 || name.startsWith('__')) return [];
      const hint = string(command.argumentHint);
      return [
        {
          name,
          description: (string(command.description) ?? '').slice(0, 2000),
          ...(hint === undefined || hint === '' ? {} : { hint: hint.slice(0, 500) }),
        },
      ];
    })
    .slice(0, maxCommands);
}

/** Tells the commands on when they have changed. */
export class CommandList {
  readonly #emit: (event: ProviderEvent) => void;
  #told = '';

  constructor(emit: (event: ProviderEvent) => void) {
    this.#emit = emit;
  }

  /** @param value - as the CLI lists them. */
  told(value: unknown): void {
    if (Array.isArray(value)) this.are(slashCommands(value));
  }

  are(commands: SlashCommand[]): void {
    const now = JSON.stringify(commands);
    if (now === this.#told) return;
    this.#told = now;
    this.#emit({ type: 'commands', commands });
  }
}
