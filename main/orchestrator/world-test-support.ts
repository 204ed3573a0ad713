/**
 * A small world for tests: the real core over a real SQLite file, a clock that moves when told to, and a provider whose words the test speaks.
 * `crash()` forgets everything in memory, as SIGKILL does; `start()` opens the same file again.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '../base/clock.ts';
import { createSessionBus, type SessionBus } from '../bus/session-bus.ts';
import { createEntropy } from '../entropy.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { ClientFrame, ServerFrame, ServerFrameOf } from '../protocol/frames.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { Scope } from '../protocol/queries.ts';
import { defaultSettings, type Settings } from '../protocol/settings.ts';
import { type Capabilities, noCapabilities, type PermissionMode } from '../protocol/values.ts';
import { protocolVersion } from '../protocol/version.ts';
import { createEventStore } from '../storage/event-store.ts';
import { type Db, openDatabase } from '../storage/open-database.ts';
import { createRuleStore } from '../storage/rule-store.ts';
import type { GoalTools } from './goals.ts';
import { createHall } from './hall.ts';
import { Orchestrator } from './orchestrator.ts';
import type {
  ApprovalAnswer,
  AttachmentFiles,
  Connection,
  EventStore,
  Folders,
  Hall,
  ImportSource,
  Principal,
  PromptAttachment,
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
  | { type: 'prompt'; text: string; attachments?: readonly PromptAttachment[] }
  | { type: 'steer'; text: string; attachments?: readonly PromptAttachment[] }
  | { type: 'effort'; effort: string | null }
  | { type: 'mode'; mode: PermissionMode }
  | { type: 'interrupt' }
  | { type: 'answer'; ref: string; answer: ApprovalAnswer }
  | { type: 'close' };

const some = (attachments: readonly PromptAttachment[]) => (attachments.length > 0 ? { attachments } : {});

/** A CLI under the test's control: `say` is its stdout. */
export class ScriptedProvider implements Provider {
  readonly id: ProviderId;
  readonly name: string;
  readonly built_in = true;
  readonly capabilities: Capabilities;
  readonly heard: Heard[] = [];
  readonly starts: ProviderStart[] = [];
  /** Ends the turn at once when told to stop, as a well-behaved CLI does. */
  obedient = true;
  #emit: (event: ProviderEvent) => void = () => {};

  constructor(steer = false, as: { id?: string; capabilities?: Partial<Capabilities> } = {}) {
    this.id = (as.id ?? 'scripted') as ProviderId;
    this.name = this.id === 'scripted' ? 'Scripted' : 'Other';
    this.capabilities = {
      ...noCapabilities,
      resume: true,
      steer,
      reasoning: true,
      set_model: true,
      set_mode: true,
      images: false,
      goals: 'tools' as const,
      modes: ['ask' as const, 'full' as const],
      ...as.capabilities,
    };
  }

  async detect(): Promise<never> {
    throw new Error('not part of these tests');
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    this.starts.push(options);
    this.#emit = emit;
    return {
      prompt: ({ text, attachments }) => this.heard.push({ type: 'prompt', text, ...some(attachments) }),
      steer: (text, attachments = []) => {
        this.heard.push({ type: 'steer', text, ...some(attachments) });
        return this.capabilities.steer;
      },
      interrupt: () => {
        this.heard.push({ type: 'interrupt' });
        if (this.obedient) this.say({ type: 'turn_end', status: 'aborted' });
      },
      answer: (ref, answer) => this.heard.push({ type: 'answer', ref, answer }),
      setModel: () => {},
      setEffort: (effort) => this.heard.push({ type: 'effort', effort }),
      setMode: (mode) => this.heard.push({ type: 'mode', mode }),
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

  /** Callbacks that wait for it to read. */
  get waiting(): number {
    return this.#waiting.length;
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
  settings: Settings = { ...defaultSettings, turn_idle_minutes: null };
  /** Attachments whose bytes are here, by id. */
  readonly attachmentsHere = new Set<string>();
  readonly attachments: AttachmentFiles = {
    has: (one) => this.attachmentsHere.has(one.attachment_id),
    path: (one) => (this.attachmentsHere.has(one.attachment_id) ? `/files/${one.attachment_id}/${one.name}` : null),
  };
  /** None, unless a test gives some. */
  readonly goalTools: GoalTools = { grant: () => null };
  provider: ScriptedProvider;
  /** Another agent, for sessions that change theirs. */
  other: ScriptedProvider;
  db!: Db;
  store!: EventStore;
  rules!: RuleStore;
  orchestrator!: Orchestrator;
  hall!: Hall;
  readonly #steer: boolean;
  readonly #capabilities: Partial<Capabilities>;
  readonly #otherCapabilities: Partial<Capabilities>;
  readonly #wrapStore: (store: EventStore) => EventStore;
  readonly #imports: ImportSource | undefined;
  readonly #folders: Folders;
  readonly #queries: Partial<QueryHandlers>;
  bus!: SessionBus;

  constructor(
    options: {
      steer?: boolean;
      wrapStore?: (store: EventStore) => EventStore;
      capabilities?: Partial<Capabilities>;
      otherCapabilities?: Partial<Capabilities>;
      imports?: ImportSource;
      folders?: Folders;
      queries?: Partial<QueryHandlers>;
    } = {},
  ) {
    this.#steer = options.steer ?? false;
    this.#capabilities = options.capabilities ?? {};
    this.#otherCapabilities = options.otherCapabilities ?? {};
    this.#wrapStore = options.wrapStore ?? ((store) => store);
    this.#imports = options.imports;
    this.#folders = options.folders ?? { inspect: async (path) => ({ ok: true, path }) };
    this.#queries = options.queries ?? {};
    [this.provider, this.other] = this.#agents();
    this.start();
  }

  #agents(): [ScriptedProvider, ScriptedProvider] {
    return [
      new ScriptedProvider(this.#steer, { capabilities: this.#capabilities }),
      new ScriptedProvider(false, { id: 'other', capabilities: this.#otherCapabilities }),
    ];
  }

  start(): void {
    this.db = openDatabase(this.path);
    this.store = this.#wrapStore(createEventStore(this.db));
    [this.provider, this.other] = this.#agents();
    this.rules = createRuleStore(this.db);
    const bus = createSessionBus();
    this.bus = bus;
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    this.orchestrator = new Orchestrator({
      store: this.store,
      rules: this.rules,
      providers: new Map([
        [this.provider.id, this.provider],
        [this.other.id, this.other],
      ]),
      folders: this.#folders,
      imports: this.#imports,
      bus,
      clock: this.clock,
      entropy: createEntropy(() => this.clock.now()),
      log,
      settings: () => this.settings,
      attachments: this.attachments,
      goalTools: { grant: (...asked) => this.goalTools.grant(...asked) },
    });
    this.orchestrator.recover();
    this.hall = createHall({
      orchestrator: this.orchestrator,
      bus,
      queries: this.#queries as QueryHandlers,
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
    this.other.say = () => {};
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
