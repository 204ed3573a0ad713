import type { Emitter } from '../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../orchestrator/ports.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import { EventRedactor, type Redaction } from './event-redactor.ts';

/** What is done with every provider alike, whoever made its adapter. */
export interface Watch {
  /** Secrets that must not get out with what a CLI tells. */
  redaction: Redaction & { add(value: string): void; remove(value: string): void };
  /** A CLI said something its adapter does not know. @param raw - secrets taken out. */
  notUnderstood(what: {
    provider: string;
    version: string | null;
    what: string;
    session_id: string;
    raw: string;
  }): void;
}

export interface WatchedProvider extends Provider {
  readonly changed?: Emitter<void>;
  /**
   * Ends the processes of conversations that wait for their next message, so that it starts them anew (with a new key). One in a turn follows
   * when its turn ends. A provider that cannot take up a conversation again is left alone.
   * @returns how many were ended now, and how many use what they have until later.
   */
  restartIdle(): { now: number; later: number };
}

/** Codes of notices about what was not understood. */
const unknownCodes = new Set(['unknown_message', 'unreadable_line']);

/** A provider whose events carry no known secret, whose conversations can be started anew, and whose unknown words are counted. */
export function watchProvider(inner: Provider & { readonly changed?: Emitter<void> }, watch: Watch): WatchedProvider {
  const live = new Set<WatchedSession>();
  return {
    id: inner.id,
    name: inner.name,
    built_in: inner.built_in,
    get capabilities() {
      return inner.capabilities;
    },
    ...(inner.changed === undefined ? {} : { changed: inner.changed }),
    async detect(): Promise<ProviderInfo> {
      return watch.redaction.redactValue(await inner.detect());
    },
    start(options, emit) {
      const session = new WatchedSession(inner, options, emit, watch, () => live.delete(session));
      live.add(session);
      return session;
    },
    restartIdle() {
      if (!inner.capabilities.resume) return { now: 0, later: live.size };
      const all = [...live];
      const now = all.filter((session) => session.restart()).length;
      return { now, later: all.length - now };
    },
  };
}

class WatchedSession implements ProviderSession {
  readonly #inner: ProviderSession;
  readonly #emit: (event: ProviderEvent) => void;
  readonly #ended: () => void;
  readonly #forgetTokens: () => void;
  #inTurn = false;
  #restartWanted = false;
  #closed = false;
  #version: string | null = null;
  readonly setGoal?: (objective: string | null) => void;

  constructor(
    provider: Provider,
    options: ProviderStart,
    emit: (event: ProviderEvent) => void,
    watch: Watch,
    ended: () => void,
  ) {
    this.#emit = emit;
    this.#ended = ended;
    // They open something only while this conversation lives.
    const tokens = (options.mcp_servers ?? []).flatMap(({ headers }) =>
      Object.values(headers).map((value) => value.replace(/^bearer\s+/i, '')),
    );
    for (const token of tokens) watch.redaction.add(token);
    this.#forgetTokens = () => {
      for (const token of tokens.splice(0)) watch.redaction.remove(token);
    };
    const redactor = new EventRedactor(watch.redaction);
    this.#inner = provider.start(options, (event) => {
      if (event.type === 'session') this.#version = event.version ?? this.#version;
      for (const clean of redactor.hear(event)) {
        if (clean.type === 'notice' && unknownCodes.has(clean.code)) {
          const { code, text, raw = text } = clean;
          const { session_id } = options;
          watch.notUnderstood({
            provider: provider.id,
            version: this.#version,
            what: kindOf(code, text),
            session_id,
            raw,
          });
        }
        this.#tell(clean);
      }
    });
    const { setGoal } = this.#inner;
    if (setGoal !== undefined) this.setGoal = (objective) => setGoal.call(this.#inner, objective);
  }

  prompt(turn: Parameters<ProviderSession['prompt']>[0]): void {
    this.#inTurn = true;
    this.#inner.prompt(turn);
  }

  steer(...words: Parameters<ProviderSession['steer']>): boolean {
    return this.#inner.steer(...words);
  }

  interrupt(): void {
    this.#inner.interrupt();
  }

  answer(...answer: Parameters<ProviderSession['answer']>): void {
    this.#inner.answer(...answer);
  }

  setModel(model: string | null): void {
    this.#inner.setModel(model);
  }

  setEffort(effort: string | null): void {
    this.#inner.setEffort(effort);
  }

  setMode(mode: Parameters<ProviderSession['setMode']>[0]): void {
    this.#inner.setMode(mode);
  }

  async close(): Promise<void> {
    this.#ended();
    await this.#close();
  }

  /** @returns whether it is ended now; else it will be when its turn ends. */
  restart(): boolean {
    this.#restartWanted = this.#inTurn;
    if (this.#inTurn) return false;
    this.#end();
    return true;
  }

  #end(): void {
    // First of all: a message that comes while the process ends must not be given to it.
    const ending = Promise.withResolvers<void>();
    this.#tell({ type: 'closed', gone: ending.promise });
    ending.resolve(this.#close());
    // Said by whoever hears of it; nobody may be listening.
    ending.promise.catch(() => {});
  }

  async #close(): Promise<void> {
    try {
      await this.#inner.close();
    } finally {
      this.#forgetTokens();
    }
  }

  #tell(event: ProviderEvent): void {
    if (this.#closed) return;
    if (event.type === 'closed') {
      this.#closed = true;
      this.#ended();
      // Ended by itself; else it may still speak of them.
      if (event.gone === undefined) this.#forgetTokens();
    }
    if (event.type === 'turn_end') this.#inTurn = false;
    this.#emit(event);
    // The next message of the queue may have begun a turn while the end of this one was told.
    if (event.type === 'turn_end' && this.#restartWanted && !this.#inTurn) {
      this.#restartWanted = false;
      this.#end();
    }
  }
}

/** What was not understood, from the words of the notice: `… does not know (KIND). …`. */
function kindOf(code: string, text: string): string {
  if (code === 'unreadable_line') return 'line outside of the protocol';
  return (/\(([^()]{1,200})\)/.exec(text)?.[1] ?? text).slice(0, 200);
}
