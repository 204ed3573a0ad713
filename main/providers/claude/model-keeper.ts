import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { isModelName } from './arguments.ts';
import type { Link } from './link.ts';
import { effortRefusedNotice, modelRefusedNotice } from './notices.ts';

/** Keeps the model and the reasoning effort that were chosen, over restarts of the CLI. Both take effect with the next request to the model. */
export class ModelKeeper {
  readonly #emit: (event: ProviderEvent) => void;
  #model: string | null;
  #effort: string | null;

  constructor(chosen: { model: string | null; effort: string | null }, emit: (event: ProviderEvent) => void) {
    this.#model = chosen.model;
    this.#effort = chosen.effort;
    this.#emit = emit;
  }

  get model(): string | null {
    return this.#model;
  }

  /** A process was started with the model on its command line; the effort is told (older versions do not know it as an option). */
  started(link: Link): void {
    if (this.#effort !== null) this.#tellEffort(link);
  }

  /** A name that cannot be one was never given to the CLI, which uses its own default; that is said once. */
  tellBadModel(): void {
    const model = this.#model;
    if (model === null || isModelName(model)) return;
    this.#model = null;
    queueMicrotask(() => this.#emit(modelRefusedNotice(model, 'not the name of a model')));
  }

  setModel(model: string | null, link: Link | null): void {
    this.#model = model;
    const name = model ?? 'default';
    if (!isModelName(name)) {
      this.#emit(modelRefusedNotice(name, 'not the name of a model'));
      return;
    }
    link?.control({ subtype: 'set_model', model: name }, (ok, _answer, error) => {
      if (!ok) this.#emit(modelRefusedNotice(name, error));
    });
  }

  setEffort(effort: string | null, link: Link | null): void {
    this.#effort = effort;
    if (link !== null) this.#tellEffort(link);
  }

  /** Null takes it away again: the default of the model and of the person's own settings holds. */
  #tellEffort(link: Link): void {
    const effortLevel = this.#effort;
    link.control({ subtype: 'apply_flag_settings', settings: { effortLevel } }, (ok, _answer, error) => {
      if (!ok) this.#emit(effortRefusedNotice(effortLevel ?? 'default', error));
    });
  }
}
