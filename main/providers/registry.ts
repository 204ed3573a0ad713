import { Emitter } from '../base/emitter.ts';
import type { Provider } from '../orchestrator/ports.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { say } from '../protocol/saying.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import { type Watch, type WatchedProvider, watchProvider } from './watched-provider.ts';

/** What is done around looking, for every provider alike. */
export interface RegistryOptions {
  /** Taken for every provider's events; see `watchProvider`. */
  watch?: Watch;
  /** Before each look: what has to be known first (where programs are). Never rejects. */
  beforeLook?: () => Promise<void>;
  /** Adds to what a provider said of itself. @param lookAgain - for when something was changed that it depends on. */
  complete?: (info: ProviderInfo, lookAgain: () => Promise<ProviderInfo>) => Promise<ProviderInfo>;
}

/** A provider that learns something new while it works says so. */
interface ChangingProvider extends Provider {
  readonly changed?: Emitter<void>;
}

/**
 * The providers there are, and what was found out about them. Looking takes up to seconds, so it is done once, when first asked, and again on
 * request; `changed` tells when an answer is different from the one before.
 */
export class ProviderRegistry {
  readonly #providers = new Map<ProviderId, Provider>();
  readonly changed = new Emitter<readonly ProviderInfo[]>();
  readonly #known = new Map<ProviderId, ProviderInfo>();
  #running: Promise<readonly ProviderInfo[]> | null = null;
  readonly #unsubscribe = new Map<ProviderId, () => void>();

  readonly #options: RegistryOptions;

  constructor(providers: readonly Provider[], options: RegistryOptions = {}) {
    this.#options = options;
    for (const provider of providers) this.#take(provider);
  }

  /** The providers there are now; the map stays the same and follows `add` and `remove`. */
  get providers(): ReadonlyMap<ProviderId, Provider> {
    return this.#providers;
  }

  /** Takes a provider in, in the place of the one with its id where there is one, and looks for it. */
  add(provider: Provider): void {
    this.#take(provider);
    this.#known.delete(provider.id);
    void this.lookAfresh();
  }

  /** Conversations that are open with it go on; no new ones are opened. */
  remove(id: ProviderId): void {
    this.#unsubscribe.get(id)?.();
    this.#unsubscribe.delete(id);
    this.#known.delete(id);
    if (this.#providers.delete(id)) this.changed.emit(this.current());
  }

  /** Conversations with this provider start their CLI anew; see `WatchedProvider`. */
  restartIdle(id: ProviderId): { now: number; later: number } {
    return (this.#providers.get(id) as Partial<WatchedProvider> | undefined)?.restartIdle?.() ?? { now: 0, later: 0 };
  }

  #take(given: Provider): void {
    const provider = this.#options.watch ? watchProvider(given, this.#watchOf(given.id, this.#options.watch)) : given;
    this.#unsubscribe.get(provider.id)?.();
    this.#unsubscribe.delete(provider.id);
    this.#providers.set(provider.id, provider);
    const off = (provider as ChangingProvider).changed?.on(() => void this.lookAfresh());
    if (off !== undefined) this.#unsubscribe.set(provider.id, off);
  }

  /** A conversation that does not tell the version of its CLI has the one that was found. */
  #watchOf(id: ProviderId, watch: Watch): Watch {
    const version = () => this.#known.get(id)?.version ?? null;
    return { ...watch, notUnderstood: (what) => watch.notUnderstood({ ...what, version: what.version ?? version() }) };
  }

  /** What is known now, in the order of the providers; `checking` where nobody has looked yet (then somebody does). */
  current(): ProviderInfo[] {
    if (this.#known.size === 0 && this.providers.size > 0) void this.detect();
    return [...this.providers.values()].map((provider) => this.#known.get(provider.id) ?? checking(provider));
  }

  /** The answers of the first look. */
  detect(): Promise<readonly ProviderInfo[]> {
    if (this.#known.size === this.providers.size) return Promise.resolve(this.current());
    return this.refresh();
  }

  /** Looks again. Calls that come while it looks get the same answer. */
  refresh(): Promise<readonly ProviderInfo[]> {
    this.#running ??= this.#look().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Stops listening to the providers. */
  close(): void {
    for (const off of this.#unsubscribe.values()) off();
    this.#unsubscribe.clear();
  }

  /** Something changed that detection depends on: looks again, and once more when a look is under way that may have asked before the change. */
  lookAfresh(): Promise<readonly ProviderInfo[]> {
    return this.#running === null ? this.refresh() : this.#running.then(() => this.refresh());
  }

  async #look(): Promise<readonly ProviderInfo[]> {
    let different = false;
    const look = async (provider: Provider): Promise<void> => {
      const info = await detected(provider, this.#options.complete);
      // Taken away or replaced meanwhile.
      if (this.#providers.get(provider.id) !== provider) return;
      different ||= JSON.stringify(this.#known.get(provider.id)) !== JSON.stringify(info);
      this.#known.set(provider.id, info);
    };
    const all = [...this.#providers.values()];
    // What needs no program is there at once, for somebody who comes to the first page while the others are looked for.
    await Promise.all(all.filter(({ built_in }) => built_in).map(look));
    if (different) this.changed.emit(this.current());
    different = false;
    await this.#options.beforeLook?.();
    await Promise.all(all.filter(({ built_in }) => !built_in).map(look));
    const known = this.current();
    if (different) this.changed.emit(known);
    return known;
  }
}

/** One provider with a defect must not hide the others. */
async function detected(provider: Provider, complete: RegistryOptions['complete']): Promise<ProviderInfo> {
  try {
    const info = await provider.detect();
    return complete === undefined ? info : await complete(info, () => provider.detect());
  } catch (error) {
    const message = `Looking for ${provider.name} failed: ${error instanceof Error ? error.message : String(error)}`;
    return {
      ...checking(provider),
      state: 'broken',
      problem: {
        say: say('hint.lookFailed', {
          name: provider.name,
          why: error instanceof Error ? error.message : String(error),
        }),
        message,
        next: 'Look again; if it stays so, report it.',
      },
    };
  }
}

function checking({ id, name, built_in, capabilities }: Provider): ProviderInfo {
  return { id, name, built_in, capabilities, state: 'checking', models: [] };
}
