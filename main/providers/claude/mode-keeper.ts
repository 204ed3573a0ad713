import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import { cliMode, modeOf } from './arguments.ts';
import type { Link } from './link.ts';
import { modeRefusedNotice } from './notices.ts';

/** Keeps the mode the person chose and the one the CLI is in the same, in both directions. */
export class ModeKeeper {
  readonly #emit: (event: ProviderEvent) => void;
  #mode: PermissionMode;
  #cli: string;
  /** What held when the CLI began to plan by itself. */
  #beforePlan: PermissionMode | null = null;
  /** Requests on their way; until they are answered, what the CLI says of its mode is old. */
  #asked = 0;

  constructor(mode: PermissionMode, emit: (event: ProviderEvent) => void) {
    this.#mode = mode;
    this.#cli = cliMode(mode);
    this.#emit = emit;
  }

  get mode(): PermissionMode {
    return this.#mode;
  }

  choose(mode: PermissionMode): void {
    this.#beforePlan = null;
    this.#mode = mode;
  }

  /** A process was started in the chosen mode. */
  started(): void {
    this.#cli = cliMode(this.#mode);
    this.#asked = 0;
  }

  /** Whatever the CLI did meanwhile, the chosen mode holds. */
  assert(link: Link): void {
    const wanted = cliMode(this.#mode);
    if (wanted === this.#cli) return;
    this.#cli = wanted;
    this.#asked++;
    link.control({ subtype: 'set_permission_mode', mode: wanted }, (ok, _answer, error) => {
      this.#asked--;
      if (!ok) this.#emit(modeRefusedNotice(wanted, error));
    });
  }

  /** The CLI says which mode it is in. When it changed by itself (a plan was approved, it began to plan), that is told on. */
  told(cli: string): void {
    if (this.#asked > 0 || cli === this.#cli) return;
    this.#cli = cli;
    const told = modeOf(cli);
    if (told === null) return;
    // Back from planning on its own account, what the person chose is what it was; from a person's "plan" the way leads to asking.
    const before = this.#beforePlan;
    const mode = told === 'ask' && (before === 'full' || before === 'accept-edits') ? before : told;
    this.#beforePlan = told === 'plan' ? this.#mode : null;
    this.#mode = mode;
    this.#emit({ type: 'mode', mode });
  }
}
