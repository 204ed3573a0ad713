import Database from 'better-sqlite3';
import type { ImportStatus } from '../protocol/views.ts';
import { isDamage } from '../storage/recovery.ts';
import { createLogIndex, type LogIndex } from './log-index.ts';
import type { FromReader, Question, Questions, ReaderOptions } from './messages.ts';
import { createOtherWriterCheck } from './other-writer.ts';
import { FolderWatch } from './reading/folder-watch.ts';
import type { Said } from './reading/read-file.ts';
import { Scanner } from './reading/scanner.ts';
import { findSources } from './reading/sources.ts';
import { createImportRows } from './vault/import-rows.ts';
import { type Db, damagedNotice, openVault, openVaultReader, replaceVault } from './vault/open-vault.ts';
import { createVaultReader, type VaultReader } from './vault/read.ts';
import { createSearch } from './vault/search.ts';
import { createTextStore } from './vault/text-store.ts';
import { createTranscriptWriter } from './vault/transcript-writer.ts';

/** Changes that come close together are one, milliseconds. */
const settleMs = 120;
/** What the log gained is taken over this long after it, milliseconds. */
const logSettleMs = 500;

interface Parts {
  db: Db;
  reading: Db;
  log: Db;
  scanner: Scanner;
  index: LogIndex;
  view: VaultReader;
  search: ReturnType<typeof createSearch>;
  check: ReturnType<typeof createOtherWriterCheck>;
}

/** Reads the CLIs' conversations into the vault and answers from it. Lives in a thread of its own; one job at a time writes. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #tell: (message: FromReader) => void;
  readonly #watch = new FolderWatch((path) => this.#changed(path));
  readonly #dirty = new Set<string>();
  /** Changed files that have settled. */
  readonly #ripe: string[] = [];
  /** Words of people of which it is not known yet who said them. */
  readonly #said: Said[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #secrets: readonly string[];
  #parts: Parts;
  #jobs: Promise<unknown> = Promise.resolve();
  #scanning: Promise<ImportStatus> | null = null;
  #settling = false;
  #logSettling = false;
  #enabled = true;
  #closed = false;
  #failure: string | null = null;

  constructor(options: ReaderOptions, tell: (message: FromReader) => void) {
    this.#options = options;
    this.#secrets = options.secrets ?? [];
    this.#tell = tell;
    const { db, notice } = openVault(options.vault, Date.now());
    this.#parts = this.#assemble(db);
    if (notice) tell({ tell: 'notice', notice });
    if (options.scanAfterMs !== null) {
      this.#after(options.scanAfterMs, () => {
        void this.#scanAll();
        this.#every(options.hotMs, () => this.#enabled && this.#job(() => this.#parts.scanner.scanHot()));
        this.#every(options.allMs, () => this.#enabled && void this.#scanAll());
      });
    }
  }

  async answer<Q extends Question>(question: Q, ask: Questions[Q]['ask']): Promise<Questions[Q]['answer']> {
    const answers: { [K in Question]: (ask: Questions[K]['ask']) => unknown } = {
      status: () => this.#status(),
      scan: ({ wait }) => {
        const done = this.#scanAll();
        return wait ? done : this.#status();
      },
      list: (query) => this.#parts.view.list(query),
      find: ({ import_id }) => this.#parts.view.find(import_id),
      read: ({ import_id, after, limit }) => {
        const session = this.#parts.view.find(import_id);
        return session && { session, items: this.#parts.view.items(import_id, after, limit) };
      },
      said: ({ import_id, max_chars }) => this.#parts.view.said(import_id, max_chars),
      search: async ({ text, limit }) => {
        // While much is read, what the log gained is taken over now and then.
        if (!this.#scanning) await this.#job(() => this.#parts.index.update());
        return this.#parts.search(text, limit);
      },
      secrets: ({ values }) => {
        this.#secrets = values;
        return null;
      },
      log_changed: () => this.#logChanged(),
      enable: ({ enabled }) => this.#enable(enabled),
      close: () => this.#close(),
    };
    return (await (answers[question] as (ask: unknown) => unknown)(ask)) as Questions[Q]['answer'];
  }

  #assemble(db: Db): Parts {
    const reading = openVaultReader(this.#options.vault);
    const log = new Database(this.#options.log, { readonly: true });
    log.pragma('busy_timeout = 2000');
    const texts = createTextStore(db, (text) => {
      let clean = text;
      for (const value of this.#secrets) if (clean.includes(value)) clean = clean.replaceAll(value, '[redacted]');
      return clean;
    });
    const index = createLogIndex(db, texts, log);
    const scanner = new Scanner({
      db,
      rows: createImportRows(db),
      openTranscript: createTranscriptWriter(db, texts),
      sources: () => findSources(this.#options.env, this.#options.home),
      maxLineBytes: this.#options.maxLineBytes,
      onGrown: (grown) => this.#tell({ tell: 'grown', grown }),
      onSaid: (said) => {
        this.#said.push(...said);
        void this.#job(() => this.#whatWaits());
      },
      onStatus: () => this.#tell({ tell: 'status', status: this.#status() }),
      between: () => this.#whatWaits(),
    });
    const view = createVaultReader(reading);
    return {
      db,
      reading,
      log,
      scanner,
      index,
      view,
      search: createSearch(reading, index.titleOf),
      check: createOtherWriterCheck(db),
    };
  }

  #status(): ImportStatus {
    const { status } = this.#parts.scanner;
    if (this.#failure !== null) {
      const problems = [{ path: this.#options.vault, message: this.#failure }, ...status.problems];
      return { ...status, state: 'failed', problems };
    }
    return this.#enabled ? status : { ...status, state: 'paused' };
  }

  #scanAll(): Promise<ImportStatus> {
    if (!this.#enabled) return Promise.resolve(this.#status());
    this.#scanning ??= this.#job(async () => {
      await this.#parts.index.update();
      const folders = await this.#parts.scanner.scanAll();
      if (!this.#closed) this.#watch.add(folders);
      this.#failure = null;
    }).then(() => {
      this.#scanning = null;
      this.#tell({ tell: 'status', status: this.#status() });
      return this.#status();
    });
    return this.#scanning;
  }

  #changed(path: string): void {
    this.#dirty.add(path);
    if (this.#settling || !this.#enabled) return;
    this.#settling = true;
    this.#after(settleMs, () => {
      this.#settling = false;
      const paths = [...this.#dirty];
      this.#dirty.clear();
      this.#ripe.push(...paths);
      void this.#job(() => this.#whatWaits());
    });
  }

  /** What came up meanwhile: changed files, what the log gained, and whose words those were. */
  async #whatWaits(): Promise<void> {
    const { scanner, index, check } = this.#parts;
    const paths = this.#ripe.splice(0);
    if (paths.length > 0) this.#watch.add(await scanner.scanPaths(paths));
    await index.update();
    const said = this.#said.splice(0);
    const writers = said.length > 0 ? check(said) : [];
    if (writers.length > 0) this.#tell({ tell: 'other_writer', writers });
  }

  #logChanged(): null {
    if (this.#logSettling) return null;
    this.#logSettling = true;
    this.#after(logSettleMs, () => {
      this.#logSettling = false;
      void this.#job(() => this.#parts.index.update());
    });
    return null;
  }

  #enable(enabled: boolean): null {
    if (enabled === this.#enabled) return null;
    this.#enabled = enabled;
    if (enabled) this.#parts.scanner.go();
    else this.#parts.scanner.stop();
    if (enabled) void this.#scanAll();
    this.#tell({ tell: 'status', status: this.#status() });
    return null;
  }

  /** One after the other; what fails, fails alone. */
  #job(work: () => Promise<unknown>): Promise<void> {
    const done = this.#jobs.then(async () => {
      if (this.#closed) return;
      try {
        await work();
      } catch (error) {
        this.#failed(error);
      }
    });
    this.#jobs = done;
    return done;
  }

  #failed(error: unknown): void {
    const { db } = this.#parts;
    if (db.open && db.inTransaction) db.exec('ROLLBACK');
    this.#tell({ tell: 'error', error: String((error as Error)?.stack ?? error) });
    if (!isDamage(error)) {
      const isFull = (error as { code?: unknown } | null)?.code === 'SQLITE_FULL';
      this.#failure = isFull
        ? 'The disk is full, so the vault cannot grow. What it has is kept; reading goes on when there is room.'
        : `The vault could not be written: ${(error as Error).message}`;
      this.#tell({ tell: 'status', status: this.#status() });
      return;
    }
    const now = Date.now();
    this.#closeParts();
    this.#parts = this.#assemble(replaceVault(this.#options.vault, now));
    this.#tell({ tell: 'notice', notice: damagedNotice(`${this.#options.vault}.damaged-${now}`, error as Error) });
    this.#after(0, () => void this.#scanAll());
  }

  #after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#closed) work();
    }, ms);
    this.#timers.add(timer);
  }

  #every(ms: number, work: () => unknown): void {
    const timer = setInterval(() => !this.#closed && work(), ms);
    this.#timers.add(timer);
  }

  async #close(): Promise<null> {
    this.#parts.scanner.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#watch.close();
    const running = this.#jobs;
    this.#closed = true;
    await running;
    this.#closeParts();
    return null;
  }

  #closeParts(): void {
    const { db, reading, log } = this.#parts;
    if (db.open && db.inTransaction) db.exec('ROLLBACK');
    for (const one of [reading, log, db]) one.close();
  }
}
