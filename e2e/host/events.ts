import { EventEmitter } from 'node:events';

type Listener = (...args: unknown[]) => void;

/**
 * An emitter that knows which events it emits; listening to another one would wait for ever, so it fails at once.
 * `Events` maps a name to the listener's parameters, as in Electron's documentation.
 */
export class KnownEvents<Events extends { [name: string]: unknown[] }> {
  readonly #emitter = new EventEmitter();
  readonly #name: string;
  readonly #known: ReadonlySet<string>;

  constructor(name: string, known: readonly (keyof Events & string)[]) {
    this.#name = name;
    this.#known = new Set(known);
    this.#emitter.setMaxListeners(50);
  }

  on<E extends keyof Events & string>(event: E, listener: (...args: Events[E]) => void): this {
    this.#emitter.on(this.#checked(event), listener as unknown as Listener);
    return this;
  }

  once<E extends keyof Events & string>(event: E, listener: (...args: Events[E]) => void): this {
    this.#emitter.once(this.#checked(event), listener as unknown as Listener);
    return this;
  }

  off<E extends keyof Events & string>(event: E, listener: (...args: Events[E]) => void): this {
    this.#emitter.off(event, listener as unknown as Listener);
    return this;
  }

  listenerCount(event: keyof Events & string): number {
    return this.#emitter.listenerCount(event);
  }

  /** For the host itself. */
  fire<E extends keyof Events & string>(event: E, ...args: Events[E]): void {
    this.#emitter.emit(this.#checked(event), ...args);
  }

  #checked(event: string): string {
    if (!this.#known.has(event))
      throw new Error(`The Chromium host never emits "${event}" on ${this.#name}; add it to e2e/host.`);
    return event;
  }
}

/** An event that can be prevented. */
export interface HostEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function hostEvent<T extends object>(fields: T): HostEvent & T {
  let prevented = false;
  const preventDefault = () => {
    prevented = true;
  };
  return Object.defineProperties(
    { ...fields, preventDefault },
    { defaultPrevented: { get: () => prevented } },
  ) as HostEvent & T;
}
