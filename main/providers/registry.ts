import { Emitter } from '../base/emitter.ts';
import type { Provider } from '../orchestrator/ports.ts';
import type { ProviderId } from '../protocol/ids.ts';
import type { ProviderInfo } from '../protocol/values.ts';

/** A provider that learns something new while it works says so. */
interface ChangingProvider extends Provider {
  readonly changed?: Emitter<void>;
}

/**
 * The providers there are, and what was found out about them. Looking takes up to seconds, so it is done once, when first asked, and again on
 * request; `changed` tells when an answer is different from the one before.
 */
export class ProviderRegistry {
  readonly providers: ReadonlyMap<ProviderId, Provider>;
  readonly changed = new Emitter<readonly ProviderInfo[]>();
  readonly #known = new Map<ProviderId, ProviderInfo>();
  #running: Promise<readonly ProviderInfo[]> | null = null;
  readonly #unsubscribe: (() => void)[];

  constructor(providers: readonly Provider[]) {
    this.providers = new Map(providers.map((provider) => [provider.id, provider]));
    this.#unsubscribe = (providers as readonly ChangingProvider[]).flatMap((provider) => {
      const off = provider.changed?.on(() => void this.refresh());
      return off === undefined ? [] : [off];
    });
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
    for (const off of this.#unsubscribe.splice(0)) off();
  }

  async #look(): Promise<readonly ProviderInfo[]> {
    let different = false;
    await Promise.all(
      [...this.providers.values()].map(async (provider) => {
        const info = await detected(provider);
        different ||= JSON.stringify(this.#known.get(provider.id)) !== JSON.stringify(info);
        this.#known.set(provider.id, info);
      }),
    );
    const all = this.current();
    if (different) this.changed.emit(all);
    return all;
  }
}

/** One provider with a defect must not hide the others. */
async function detected(provider: Provider): Promise<ProviderInfo> {
  try {
    return await provider.detect();
  } catch (error) {
    const message = `Looking for ${provider.name} failed: ${error instanceof Error ? error.message : String(error)}`;
    return {
      ...checking(provider),
      state: 'broken',
      problem: { message, next: 'Look again; if it stays so, report it.' },
    };
  }
}

function checking({ id, name, built_in, capabilities }: Provider): ProviderInfo {
  return { id, name, built_in, capabilities, state: 'checking', models: [] };
}
