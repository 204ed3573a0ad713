import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canonicalJson } from '../base/canonical-json.ts';
import type { DurableEvent, SessionEvent } from '../protocol/events.ts';
import type { SessionId, TurnId } from '../protocol/ids.ts';
import { apply } from '../sessions/apply.ts';
import { emptyState } from '../sessions/state.ts';
import { summarize } from '../sessions/summary.ts';
import { createEventStore } from '../storage/event-store.ts';
import { openDatabase } from '../storage/open-database.ts';
import { sessionRemover } from '../storage/session-removal.ts';
import type { FromReader, ReaderOptions } from './messages.ts';
import { Reader } from './reader.ts';

export const by = { kind: 'owner', via: 'window' } as const;

/** A home with CLIs, the app's log, and a reader of it in this thread. */
export class TestVault {
  readonly folder = mkdtempSync(join(tmpdir(), 'quarterdeck-vault-'));
  readonly home = join(this.folder, 'home');
  readonly vault = join(this.folder, 'vault.db');
  readonly told: FromReader[] = [];
  readonly #db = openDatabase(join(this.folder, 'quarterdeck.db'));
  readonly #store = createEventStore(this.#db);
  #reader: Reader | null = null;
  #waiting: (() => void)[] = [];

  constructor() {
    mkdirSync(this.home);
  }

  /** Path below `~` of the CLIs. */
  path(...parts: string[]): string {
    return join(this.home, ...parts);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  append(path: string, ...lines: (object | string)[]): void {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  }

  /** The file of a Claude Code session. */
  claude(session = 'c1', project = '-home-kim-lighthouse'): string {
    return this.path('.claude', 'projects', project, `${session}.jsonl`);
  }

  reader(options: Partial<ReaderOptions> = {}): Reader {
    this.#reader ??= new Reader(
      {
        vault: this.vault,
        log: join(this.folder, 'quarterdeck.db'),
        home: this.home,
        env: {},
        scanAfterMs: null,
        hotMs: 100,
        allMs: 600_000,
        maxLineBytes: 100_000,
        ...options,
      },
      (message) => {
        this.told.push(message);
        for (const wake of this.#waiting.splice(0)) wake();
      },
    );
    return this.#reader;
  }

  /** Ends the reader; the next use opens the vault anew. */
  async restart(): Promise<void> {
    await this.#reader?.answer('close', {});
    this.#reader = null;
  }

  async scan() {
    return this.reader().answer('scan', { wait: true });
  }

  async list() {
    return (await this.reader().answer('list', { limit: 200 })).imports;
  }

  /** What stands in the newest conversation, or in this one. */
  async texts(import_id?: string): Promise<string[]> {
    const id = import_id ?? (await this.list())[0]!.import_id;
    const read = await this.reader().answer('read', { import_id: id, after: 0, limit: 500 });
    return read!.items.map((item) => item.text);
  }

  async search(text: string) {
    return (await this.reader().answer('search', { text, limit: 50 })).hits;
  }

  /** Resolves once the reader told something of this kind that fits. */
  async heard<T extends Extract<FromReader, { tell: string }>['tell']>(
    tell: T,
    fits: (message: Extract<FromReader, { tell: T }>) => boolean = () => true,
  ): Promise<Extract<FromReader, { tell: T }>> {
    for (;;) {
      const found = this.told.find(
        (one): one is Extract<FromReader, { tell: T }> => 'tell' in one && one.tell === tell && fits(one as never),
      );
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Adds to a session of this app. */
  log(session: string, ts: number, events: readonly SessionEvent[], turn: string | null = null): SessionId {
    const session_id = `ses_${session.padEnd(10, '0')}` as SessionId;
    let state = emptyState(session_id);
    for (const { body } of this.#store.read(session_id, 0, 10_000)) state = apply(state, JSON.parse(body));
    const bodies = events.map((event) => {
      const durable = { ...event, session_id, seq: state.seq + 1, ts, turn_id: turn as TurnId | null } as DurableEvent;
      state = apply(state, durable);
      return { seq: durable.seq, body: canonicalJson(durable) };
    });
    this.#store.append({ session_id, ts, events: bodies, summary: summarize(state) });
    return session_id;
  }

  /** What opening a backup does: the session ends with this event. */
  forgetSession(session: string, seq: number): void {
    const session_id = `ses_${session.padEnd(10, '0')}`;
    this.#db.prepare('DELETE FROM events WHERE session_id = ? AND seq > ?').run(session_id, seq);
    this.#db.prepare('UPDATE sessions SET head_seq = ? WHERE session_id = ?').run(seq, session_id);
  }

  /** What a person's deletion, or a retention, does. */
  deleteSession(session_id: SessionId): void {
    sessionRemover(this.#db)(session_id, { ts: Date.now(), reason: 'by hand' });
  }

  async close(): Promise<void> {
    await this.restart();
    this.#db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let clock = Date.parse('2026-11-20T10:00:00Z');

function tick(): number {
  clock += 1000;
  return clock;
}

/** Lines as Claude Code writes them. */
export const claudeLine = (type: 'user' | 'assistant', text: string, ts = tick()) => ({
  type,
  isSidechain: false,
  timestamp: new Date(ts).toISOString(),
  cwd: '/home/kim/lighthouse',
  message: { role: type, content: type === 'user' ? text : [{ type: 'text', text }] },
});
