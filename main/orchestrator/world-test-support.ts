/**
 * A small world for tests: the real core over a real SQLite file, a clock that moves when told to, and a provider whose words the test speaks.
 * `crash()` forgets everything in memory, as SIGKILL does; `start()` opens the same file again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '../base/clock.ts';
import { createSessionBus } from '../bus/session-bus.ts';
import { createEntropy } from '../entropy.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { ClientFrame, ServerFrame, ServerFrameOf } from '../protocol/frames.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { Scope } from '../protocol/queries.ts';
import { protocolVersion } from '../protocol/version.ts';
import { createEventStore } from '../storage/event-store.ts';
import { type Db, openDatabase } from '../storage/open-database.ts';
import { createRuleStore } from '../storage/rule-store.ts';
import { createHall } from './hall.ts';
import { Orchestrator } from './orchestrator.ts';
import type {
  ApprovalAnswer,
  Connection,
  EventStore,
  Hall,
  Principal,
  Provider,
  ProviderEvent,
  ProviderSession,
  ProviderStart,
  QueryHandlers,
  RuleStore,
  Sink,
} from './ports.ts';

export const owner: Principal = { actor: { kind: 'owner', via: 'window' }, scopes: new Set(Scope.options) };

/** What the core asked of the CLI, in order. */
export type Heard =
  | { type: 'prompt'; text: string }
  | { type: 'steer'; text: string }
  | { type: 'interrupt' }
  | { type: 'answer'; ref: string; answer: ApprovalAnswer }
  | { type: 'close' };

/** A CLI under the test's control: `say` is its stdout. */
export class ScriptedProvider implements Provider {
  readonly id = 'scripted' as ProviderId;
  readonly name = 'Scripted';
  readonly built_in = true;
  readonly capabilities;
  readonly heard: Heard[] = [];
  readonly starts: ProviderStart[] = [];
  /** Ends the turn at once when told to stop, as a well-behaved CLI does. */
  obedient = true;
  #emit: (event: ProviderEvent) => void = () => {};

  constructor(steer = false) {
    this.capabilities = {
      resume: true,
      steer,
      reasoning: true,
      set_model: true,
      set_mode: true,
      images: false,
      modes: ['ask' as const, 'full' as const],
    };
  }

  async detect(): Promise<never> {
    throw new Error('not part of these tests');
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    this.starts.push(options);
    this.#emit = emit;
    return {
      prompt: ({ text }) => this.heard.push({ type: 'prompt', text }),
      steer: (text) => {
        this.heard.push({ type: 'steer', text });
        return this.capabilities.steer;
      },
      interrupt: () => {
        this.heard.push({ type: 'interrupt' });
        if (this.obedient) this.say({ type: 'turn_end', status: 'aborted' });
      },
      answer: (ref, answer) => this.heard.push({ type: 'answer', ref, answer }),
      setModel: () => {},
      setMode: () => {},
      close: async () => {
        this.heard.push({ type: 'close' });
      },
    };
  }

  say(...events: ProviderEvent[]): void {
    for (const event of events) this.#emit(event);
  }
}

/** A client that keeps what it was sent. `stuck`: its socket takes nothing until `drain()`. */
export class TestClient implements Sink {
  readonly frames: ServerFrame[] = [];
  stuck = false;
  closed: string | null = null;
  connection: Connection | null = null;
  #waiting: (() => void)[] = [];
  #number = 0;

  send(frame: string): void {
    this.frames.push(JSON.parse(frame) as ServerFrame);
  }
  busy(): boolean {
    return this.stuck;
  }
  onceDrained(callback: () => void): void {
    this.#waiting.push(callback);
  }
  close(code: string): void {
    this.closed = code;
  }

  drain(): void {
    this.stuck = false;
    for (const callback of this.#waiting.splice(0)) callback();
  }

  /** Sends a frame and waits for its answer. */
  async ask(
    frame: { type: string; command_id?: string } & Record<string, unknown>,
  ): Promise<ServerFrameOf<'response'>> {
    this.#number += 1;
    const command_id = frame.command_id ?? `cmd-${Math.random().toString(36).slice(2, 10)}-${this.#number}`;
    const from = this.frames.length;
    this.connection?.receive(JSON.stringify({ ...frame, command_id } as unknown as ClientFrame));
    for (let turn = 0; turn < 200; turn += 1) {
      const answer = this.frames.slice(from).find((one) => one.type === 'response' && one.command_id === command_id);
      if (answer?.type === 'response') return answer;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`no answer to ${frame.type}`);
  }

  /** The result of a frame that must succeed. */
  async result<T = Record<string, string>>(
    frame: { type: string; command_id?: string } & Record<string, unknown>,
  ): Promise<T> {
    const answer = await this.ask(frame);
    if (!answer.ok) throw new Error(`${frame.type}: ${JSON.stringify(answer.error)}`);
    return answer.result as T;
  }

  /** Every durable event it was sent, in the order of arrival. */
  events(): DurableEvent[] {
    return this.frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []));
  }

  types(): string[] {
    return this.events().map((event) => event.type);
  }
}

/** Lets everything that was scheduled for this tick happen. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'quarterdeck-world-'));
  readonly path = join(this.folder, 'quarterdeck.db');
  readonly clock = createManualClock();
  provider: ScriptedProvider;
  db!: Db;
  store!: EventStore;
  rules!: RuleStore;
  orchestrator!: Orchestrator;
  hall!: Hall;
  readonly #steer: boolean;
  readonly #wrapStore: (store: EventStore) => EventStore;

  constructor(options: { steer?: boolean; wrapStore?: (store: EventStore) => EventStore } = {}) {
    this.#steer = options.steer ?? false;
    this.#wrapStore = options.wrapStore ?? ((store) => store);
    this.provider = new ScriptedProvider(this.#steer);
    this.start();
  }

  start(): void {
    this.db = openDatabase(this.path);
    this.store = this.#wrapStore(createEventStore(this.db));
    this.provider = new ScriptedProvider(this.#steer);
    this.rules = createRuleStore(this.db);
    const bus = createSessionBus();
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    this.orchestrator = new Orchestrator({
      store: this.store,
      rules: this.rules,
      providers: new Map([[this.provider.id, this.provider]]),
      folders: { inspect: async (path) => ({ ok: true, path }) },
      bus,
      clock: this.clock,
      entropy: createEntropy(() => this.clock.now()),
      log,
    });
    this.orchestrator.recover();
    this.hall = createHall({
      orchestrator: this.orchestrator,
      bus,
      queries: {} as QueryHandlers,
      authorize: () => null,
      onUnreadable: () => {},
      log,
      welcome: () => ({
        protocol: protocolVersion,
        version: '0.0.0',
        server_time: this.clock.now(),
        home_dir: '/',
        platform: 'test',
        notices: [],
      }),
    });
  }

  /** As SIGKILL: nothing is said, nothing is flushed. What was not committed is gone. */
  crash(): void {
    this.provider.say = () => {};
    this.clock.forget();
    this.db.close();
  }

  connect(principal: Principal = owner): TestClient {
    const client = new TestClient();
    client.connection = this.hall.connect(principal, client);
    return client;
  }

  /** A session and a client that follows it. */
  async session(options: { mode?: string } = {}): Promise<{ client: TestClient; session_id: string }> {
    const client = this.connect();
    const { session_id } = await client.result({
      type: 'new_chat',
      cwd: '/project',
      provider: 'scripted',
      mode: options.mode ?? 'ask',
    });
    await client.result({ type: 'attach', session_id, after_seq: 0 });
    return { client, session_id: session_id! };
  }

  close(): void {
    if (this.db.open) this.db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
