import type { ProviderId } from '../protocol/ids.ts';
import type { SlashCommand } from '../protocol/values.ts';

/** The slash commands each CLI said it offers in each folder, for as long as the app runs. */
export class CommandMemory {
  readonly #known = new Map<string, readonly SlashCommand[]>();

  learn(provider: ProviderId, cwd: string, commands: readonly SlashCommand[]): void {
    this.#known.set(`${provider}\0${cwd}`, commands);
    this.#known.set(provider, commands);
  }

  /** What this CLI offers in this folder; what it offered elsewhere, where it was not asked here yet. */
  of(provider: ProviderId, cwd: string): readonly SlashCommand[] {
    return this.#known.get(`${provider}\0${cwd}`) ?? this.#known.get(provider) ?? [];
  }

  /** Does the text begin with a command of this CLI? */
  isCommand(provider: ProviderId, cwd: string, text: string): boolean {
    if (!text.startsWith('/')) return false;
    const said = text.slice(1);
    return this.of(provider, cwd).some(
      ({ name }) => said === name || (/^\s/.test(said.slice(name.length)) && said.startsWith(name)),
    );
  }
}
