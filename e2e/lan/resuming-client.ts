/**
 * A client that may lose its connection at any moment: it comes back, says the last number it has of each session, and asks again what was not
 * answered, under the same id. It keeps every durable event and writes down whatever comes twice, late or not at all.
 */

export interface Transport {
  send(text: string): void;
  /** Ends it without a word. */
  drop(): void;
  /** It showed `attach` with its credential, so that these are followed from the first moment on. */
  readonly attached?: boolean;
}

export interface TransportEvents {
  /** Frames may be sent; `welcome` has come or is on its way. */
  onOpen(): void;
  onText(text: string): void;
  onClosed(reason: string): void;
}

/** Opens one connection. @param attach - last number of each session that is followed. */
export type Connect = (attach: Readonly<Record<string, number>>, events: TransportEvents) => Transport;

export interface DurableEvent {
  seq: number;
  type: string;
  turn_id: string | null;
  [field: string]: unknown;
}

interface Frame {
  type: string;
  command_id?: string | null;
  session_id?: string;
  events?: DurableEvent[];
  seq?: number;
  ok?: boolean;
  result?: unknown;
  error?: { code: string; message: string };
  [field: string]: unknown;
}

export interface Answer {
  ok: boolean;
  result?: unknown;
  error?: { code: string; message: string };
}

const retryMs = 150;
/** An answer that takes longer was lost with its connection, or the connection is dead. */
const patienceMs = 2_500;

export class ResumingClient {
  readonly #connect: Connect;
  readonly #events = new Map<string, DurableEvent[]>();
  readonly #waiting = new Map<string, { frame: object; twice: boolean; answered: (answer: Answer) => void }>();
  readonly #wakes = new Set<() => void>();
  /** What must never happen, in words. */
  readonly violations: string[] = [];
  readonly frames: Frame[] = [];
  keepsFrames = false;
  connections = 0;
  lastClose = '';
  #transport: Transport | null = null;
  #shown = new Set<string>();
  #open = false;
  #heardAt = 0;
  #ended = false;
  #count = 0;
  readonly #watch: NodeJS.Timeout;
  readonly #name: string;

  constructor(name: string, connect: Connect) {
    this.#name = name;
    this.#connect = connect;
    this.#dial();
    // A connection that is dead says nothing about it: it is asked, and given up when it does not answer.
    this.#watch = setInterval(() => this.#look(), 500);
  }

  events(session: string): readonly DurableEvent[] {
    return this.#events.get(session) ?? [];
  }

  /** The connection there is now, for faults. */
  get current(): Transport | null {
    return this.#transport;
  }

  get welcomed(): boolean {
    return this.#open;
  }

  /** Follows a session from its first event on. */
  follow(session: string): void {
    if (this.#events.has(session)) return;
    this.#events.set(session, []);
    if (this.#open) this.#attach(session);
  }

  forget(session: string): void {
    this.#events.delete(session);
    if (this.#open) this.#send({ type: 'detach', command_id: this.#id(), session_id: session });
  }

  /** Asks until it is answered, under one id. @param twice - sends it twice each time, as a client with a bad memory does. */
  ask(frame: object, { twice = false, id = this.#id() } = {}): Promise<Answer> {
    return new Promise((resolve) => {
      this.#waiting.set(id, { frame: { ...frame, command_id: id }, twice, answered: resolve });
      if (this.#open) this.#say(id);
    });
  }

  /** Waits until this holds; it is looked at after every frame. */
  async until(holds: () => boolean, what: string, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!holds()) {
      const left = deadline - performance.now();
      if (left <= 0)
        throw new Error(`${this.#name}: not within ${withinMs} ms: ${what} (last close: ${this.lastClose})`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 200));
        const wake = () => {
          clearTimeout(timer);
          this.#wakes.delete(wake);
          resolve();
        };
        this.#wakes.add(wake);
      });
    }
  }

  /** Loses the connection as `how` says and comes back. */
  lose(how: (transport: Transport) => void): void {
    const transport = this.#transport;
    if (!transport) return;
    how(transport);
    this.#lost('lost on purpose');
  }

  end(): void {
    this.#ended = true;
    clearInterval(this.#watch);
    this.#transport?.drop();
  }

  #id(): string {
    return `${this.#name}-${++this.#count}-${Math.random().toString(36).slice(2, 10)}`;
  }

  #dial(): void {
    if (this.#ended) return;
    this.connections += 1;
    const attach = Object.fromEntries([...this.#events].map(([id, events]) => [id, events.at(-1)?.seq ?? 0]));
    let mine = true;
    const transport = this.#connect(attach, {
      onOpen: () => {},
      onText: (text) => {
        if (mine && this.#transport === transport) this.#receive(JSON.parse(text) as Frame);
      },
      onClosed: (reason) => {
        mine = false;
        if (this.#transport === transport) this.#lost(reason);
      },
    });
    this.#transport = transport;
    this.#shown = new Set(transport.attached ? Object.keys(attach) : []);
    this.#heardAt = performance.now();
  }

  #lost(reason: string): void {
    this.lastClose = reason;
    this.#transport = null;
    this.#open = false;
    setTimeout(() => this.#transport ?? this.#dial(), retryMs);
  }

  #look(): void {
    const silent = performance.now() - this.#heardAt;
    if (!this.#transport) return;
    if (silent > patienceMs) {
      this.#transport.drop();
      this.#lost('silent');
    } else if (this.#open && silent > 1_000) this.#send({ type: 'ping', command_id: this.#id() });
  }

  #receive(frame: Frame): void {
    this.#heardAt = performance.now();
    if (this.keepsFrames) this.frames.push(frame);
    if (frame.type === 'welcome') {
      this.#open = true;
      for (const session of this.#events.keys()) if (!this.#shown.has(session)) this.#attach(session);
      for (const id of this.#waiting.keys()) this.#say(id);
    }
    if (frame.type === 'closing') this.lastClose = `closing: ${String(frame.code)} ${String(frame.message)}`;
    if (frame.type === 'response' && frame.command_id) {
      const waiting = this.#waiting.get(frame.command_id);
      this.#waiting.delete(frame.command_id);
      waiting?.answered(frame as Answer);
    }
    if (frame.type === 'events' && frame.session_id && frame.events) this.#take(frame.session_id, frame.events);
    for (const wake of [...this.#wakes]) wake();
  }

  #take(session: string, fresh: DurableEvent[]): void {
    const events = this.#events.get(session);
    if (!events) return;
    for (const event of fresh) {
      const wanted = (events.at(-1)?.seq ?? 0) + 1;
      if (event.seq !== wanted) {
        this.violations.push(`${this.#name}: ${session} got event ${event.seq} where ${wanted} was due`);
        if (event.seq < wanted) continue;
      }
      events.push(event);
    }
  }

  #attach(session: string): void {
    const after_seq = this.#events.get(session)?.at(-1)?.seq ?? 0;
    this.#send({ type: 'attach', command_id: this.#id(), session_id: session, after_seq });
  }

  #say(id: string): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#send(waiting.frame);
    if (waiting.twice) this.#send(waiting.frame);
  }

  #send(frame: object): void {
    this.#transport?.send(JSON.stringify(frame));
  }
}
