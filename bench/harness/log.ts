import { join } from 'node:path';
import { createSessionBus } from '../../main/bus/session-bus.ts';
import { createEntropy } from '../../main/entropy.ts';
import { createHall } from '../../main/orchestrator/hall.ts';
import { Orchestrator } from '../../main/orchestrator/orchestrator.ts';
import type { Hall, QueryHandlers, Sink } from '../../main/orchestrator/ports.ts';
import { SessionRuntime } from '../../main/orchestrator/session-runtime.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import { defaultSettings } from '../../main/protocol/settings.ts';
import { protocolVersion } from '../../main/protocol/version.ts';
import { ownerPrincipal } from '../../main/security/principal.ts';
import type { Decided } from '../../main/sessions/decide.ts';
import { createEventStore } from '../../main/storage/event-store.ts';
import { type Db, openDatabase } from '../../main/storage/open-database.ts';
import { createRuleStore } from '../../main/storage/rule-store.ts';
import { freshFolder } from './scratch.ts';

export const session_id = 'ses_00000000000000000000' as SessionId;
const ts = 1_700_000_000_000;

/** An empty database of the app's own making: its schema, its synchronous mode. */
export function openFresh(): Db {
  return openDatabase(join(freshFolder('log'), 'quarterdeck.db'));
}

/** Commits facts to the session as the orchestrator does. @param at - events of one commit. */
export function commitAll(db: Db, events: readonly Decided[], at: number): void {
  const runtime = new SessionRuntime(session_id, createEventStore(db));
  for (let from = 0; from < events.length; from += at) runtime.commit(events.slice(from, from + at), ts);
}

/** The hall over a log, without a door: as after a start, no session is in memory yet. */
export function hallOver(db: Db): Hall {
  const bus = createSessionBus();
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const orchestrator = new Orchestrator({
    store: createEventStore(db),
    rules: createRuleStore(db),
    providers: new Map(),
    folders: { inspect: async (path) => ({ ok: true, path }) },
    bus,
    clock: { now: Date.now, after: () => () => {} },
    entropy: createEntropy(),
    log,
    settings: () => defaultSettings,
    attachments: { has: () => false, path: () => null },
  });
  return createHall({
    orchestrator,
    bus,
    queries: {} as QueryHandlers,
    authorize: () => null,
    onUnreadable: () => {},
    log,
    welcome: () => ({
      protocol: protocolVersion,
      version: '0',
      server_time: ts,
      home_dir: '/',
      platform: 'bench',
      notices: [],
    }),
  });
}

/** A frame of the app is cut at a quarter of this. */
const memory = Buffer.alloc(4 * 1_048_576);

/** A client in this process: every frame is written out as UTF-8, over the one before. */
export class MemorySink implements Sink {
  bytes = 0;
  send(frame: string): void {
    this.bytes += memory.write(frame);
  }
  busy(): boolean {
    return false;
  }
  onceDrained(): void {}
  close(code: string): void {
    throw new Error(`closed: ${code}`);
  }
}

let attaches = 0;

/**
 * Attaches to the whole session and returns when everything was sent, which is before `receive` returns.
 * @returns bytes that were sent.
 */
export function attachReplay(hall: Hall): number {
  const sink = new MemorySink();
  const connection = hall.connect(ownerPrincipal('window'), sink);
  attaches += 1;
  const command_id = `attach-${attaches}-bench`;
  connection.receive(JSON.stringify({ type: 'attach', command_id, session_id, after_seq: 0 }));
  connection.close();
  return sink.bytes;
}
