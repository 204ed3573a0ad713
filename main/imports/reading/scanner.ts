import { existsSync, lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { ImportStatus } from '../../protocol/views.ts';
import { isDamage } from '../../storage/recovery.ts';
import type { ImportRows } from '../vault/import-rows.ts';
import type { Db } from '../vault/open-vault.ts';
import type { OpenTranscript } from '../vault/transcript-writer.ts';
import { readFile, type Said } from './read-file.ts';
import { ScanStatus } from './scan-status.ts';
import { type GeminiProjects, readFolder, readGeminiProjects, type Source, type SourceFile } from './sources.ts';

/** One transaction takes at most this much, so that a kill costs little and a reader sees what is there. */
const commitBytes = 8 * 1_048_576;
const commitMs = 400;
/** Work at a stretch before questions are answered, milliseconds; then a rest, so that one core is never ours alone. */
const stretchMs = 40;
const restMs = 4;
/** Between two files of a long reading others have their turn this often, milliseconds. */
const betweenMs = 500;
/** Files that changed within this time are looked at again and again: not every file system tells of changes. */
const hotMs = 30 * 60_000;
const hotFiles = 200;

export interface ScannerDeps {
  db: Db;
  rows: ImportRows;
  openTranscript: OpenTranscript;
  sources: () => Source[];
  maxLineBytes: number;
  /** Conversations that hold more than before, after the commit. */
  onGrown: (grown: { import_id: string; items: number }[]) => void;
  /** Words of people that came new, after the commit. */
  onSaid: (said: Said[]) => void;
  onStatus: (status: ImportStatus) => void;
  /** What else waits to be done: called between two files of a long reading, outside of any transaction. */
  between: () => Promise<void>;
}

/** Reads what is new in the CLIs' files, one file after the other, with pauses. Never writes to them, never locks them. */
export class Scanner {
  readonly #deps: ScannerDeps;
  readonly #status: ScanStatus;
  /** Path -> where it is and when it changed last. */
  readonly #files = new Map<string, { source: Source; file: SourceFile; mtime: number }>();
  #grown = new Map<string, number>();
  #said: Said[] = [];
  #begunAt = 0;
  #begunBytes = 0;
  #stretchFrom = 0;
  #stopped = false;

  constructor(deps: ScannerDeps) {
    this.#deps = deps;
    this.#status = new ScanStatus(deps.db, deps.onStatus);
  }

  get status(): ImportStatus {
    return this.#status.value;
  }

  /** Ends after the line that is being read; what was read so far is kept. */
  stop(): void {
    this.#stopped = true;
  }

  /** Goes on after a stop, with the next look. */
  go(): void {
    this.#stopped = false;
  }

  /** Looks at everything. @returns the folders it found, to be watched. */
  async scanAll(): Promise<string[]> {
    const folders: string[] = [];
    const todo: { source: Source; file: SourceFile; stat: Stats }[] = [];
    this.#status.clearProblems();
    this.#files.clear();
    this.#stretchFrom = performance.now();
    for (const source of this.#deps.sources()) {
      const projects = readGeminiProjects(source.root);
      await this.#walk(source, source.root, 0, projects, folders, todo);
    }
    todo.sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
    const open = todo.filter(({ file, stat }) => this.#isNew(file.path, stat));
    this.#status.update({
      state: open.length > 0 ? 'scanning' : this.status.state,
      files_total: todo.length,
      files_done: todo.length - open.length,
      bytes_done: 0,
      bytes_total: open.reduce((sum, { file, stat }) => sum + this.#unread(file.path, stat), 0),
    });
    let betweenAt = performance.now();
    for (const { file } of open) {
      if (this.#stopped) break;
      await this.#readOne(file);
      this.#status.update({ files_done: this.status.files_done + 1 });
      if (performance.now() - betweenAt < betweenMs) continue;
      this.#commit();
      await this.#deps.between();
      betweenAt = performance.now();
    }
    if (!this.#stopped) this.#markGone();
    this.#commit();
    this.#status.update({ state: 'idle', finished_at: Date.now() }, { count: true, now: true });
    return folders;
  }

  /** Looks at one folder, and at what is new below it. @returns folders it did not know. */
  async scanFolder(folder: string): Promise<string[]> {
    const source = this.#deps
      .sources()
      .find(({ root }) => folder === root || folder.startsWith(`${root}/`) || folder.startsWith(`${root}\\`));
    if (!source) return [];
    const level = folder.slice(source.root.length).split(/[\\/]/).filter(Boolean).length;
    const folders: string[] = [];
    const todo: { source: Source; file: SourceFile; stat: Stats }[] = [];
    await this.#walk(source, folder, level, readGeminiProjects(source.root), folders, todo);
    await this.#readNew(todo.filter(({ file, stat }) => this.#isNew(file.path, stat)).map(({ file }) => file));
    return folders;
  }

  /** Looks at these files again, and at the folders of those it does not know. @returns folders it did not know. */
  async scanPaths(paths: Iterable<string>): Promise<string[]> {
    const folders = new Set<string>();
    const files: SourceFile[] = [];
    for (const path of paths) {
      const known = this.#files.get(path);
      if (!known) folders.add(dirname(path));
      else if (this.#hasChanged(known)) files.push(known.file);
    }
    await this.#readNew(files);
    const found: string[] = [];
    for (const folder of folders) found.push(...(await this.scanFolder(folder)));
    return found;
  }

  /** Looks at the files that changed not long ago. */
  async scanHot(): Promise<void> {
    const since = Date.now() - hotMs;
    const hot = [...this.#files.values()]
      .filter(({ mtime }) => mtime > since)
      .sort((a, b) => b.mtime - a.mtime)
      .slice(0, hotFiles);
    await this.#readNew(hot.filter((one) => this.#hasChanged(one)).map(({ file }) => file));
  }

  #hasChanged(known: { file: SourceFile; mtime: number }): boolean {
    try {
      const stat = lstatSync(known.file.path);
      known.mtime = stat.mtimeMs;
      return stat.isFile() && this.#isNew(known.file.path, stat);
    } catch {
      return false;
    }
  }

  async #readNew(files: readonly SourceFile[]): Promise<void> {
    if (files.length === 0) return;
    this.#stretchFrom = performance.now();
    for (const file of files) if (!this.#stopped) await this.#readOne(file);
    this.#commit();
    this.#status.update({}, { count: true });
  }

  async #walk(
    source: Source,
    folder: string,
    level: number,
    projects: GeminiProjects,
    folders: string[],
    todo: { source: Source; file: SourceFile; stat: Stats }[],
  ): Promise<void> {
    folders.push(folder);
    let below: string[];
    try {
      const found = readFolder(source, folder, level, projects);
      below = found.folders;
      for (const file of found.files) {
        const stat = lstatSync(file.path);
        if (!stat.isFile()) continue;
        this.#files.set(file.path, { source, file, mtime: stat.mtimeMs });
        todo.push({ source, file, stat });
      }
    } catch (error) {
      this.#problem(folder, error);
      return;
    }
    await this.#breathe();
    for (const one of below) if (!this.#stopped) await this.#walk(source, one, level + 1, projects, folders, todo);
  }

  #isNew(path: string, stat: Stats): boolean {
    const row = this.#deps.rows.byPath(path);
    return !row || row.gone === 1 || row.size !== stat.size || row.mtime !== stat.mtimeMs;
  }

  #unread(path: string, stat: Stats): number {
    const row = this.#deps.rows.byPath(path);
    return row && stat.size >= row.offset ? stat.size - row.offset : stat.size;
  }

  async #readOne(file: SourceFile): Promise<void> {
    const { db } = this.#deps;
    this.#begin();
    db.exec('SAVEPOINT file');
    const saidBefore = this.#said.length;
    try {
      const outcome = await readFile(file, lstatSync(file.path), {
        rows: this.#deps.rows,
        openTranscript: this.#deps.openTranscript,
        maxLineBytes: this.#deps.maxLineBytes,
        pause: (bytes, save) => this.#pause(bytes, save),
      });
      db.exec('RELEASE file');
      if (!outcome) return;
      const { row } = outcome;
      this.#said.push(...outcome.said);
      this.#grown.set(row.import_id, row.items);
      if (outcome.skipped > 0) {
        this.#status.problem(
          file.path,
          `${outcome.skipped} of its lines are larger than ${this.#deps.maxLineBytes / 1_048_576} MB or hold too many values, and were left out.`,
        );
      }
    } catch (error) {
      if (db.inTransaction) {
        db.exec('ROLLBACK TO file');
        db.exec('RELEASE file');
      }
      this.#said.length = Math.min(saidBefore, this.#said.length);
      if (isOfDatabase(error)) throw error;
      this.#problem(file.path, error);
    }
  }

  async #pause(bytes: number, save: (() => void) | null): Promise<void> {
    this.#begunBytes += bytes;
    this.#status.read(bytes);
    const isDue = this.#begunBytes >= commitBytes || performance.now() - this.#begunAt >= commitMs;
    if (save && isDue) {
      save();
      this.#deps.db.exec('RELEASE file');
      this.#commit();
      this.#begin();
      this.#deps.db.exec('SAVEPOINT file');
    }
    await this.#breathe();
    if (this.#stopped && save) throw new Stopped();
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#stretchFrom < stretchMs) return;
    this.#status.update({});
    await wait(restMs);
    await nextTurn();
    this.#stretchFrom = performance.now();
  }

  #begin(): void {
    if (this.#deps.db.inTransaction) {
      const isDue = this.#begunBytes >= commitBytes || performance.now() - this.#begunAt >= commitMs;
      if (!isDue) return;
      this.#commit();
    }
    this.#deps.db.exec('BEGIN IMMEDIATE');
    this.#begunAt = performance.now();
    this.#begunBytes = 0;
  }

  /** What others hear of, they hear after it. */
  #commit(): void {
    if (this.#deps.db.inTransaction) this.#deps.db.exec('COMMIT');
    const grown = [...this.#grown].map(([import_id, items]) => ({ import_id, items }));
    const said = this.#said;
    this.#grown = new Map();
    this.#said = [];
    if (grown.length > 0) this.#deps.onGrown(grown);
    if (said.length > 0) this.#deps.onSaid(said);
  }

  #markGone(): void {
    for (const { path, gone } of this.#deps.rows.paths()) {
      if (gone || this.#files.has(path) || existsSync(path)) continue;
      this.#begin();
      this.#deps.rows.setGone(path, true);
    }
  }

  #problem(path: string, error: unknown): void {
    if (error instanceof Stopped) return;
    this.#status.problem(path, inWords(error));
  }
}

/** The reading of a file ends in the middle because the app ends. */
class Stopped extends Error {}

/** What SQLite says of a value it does not take; everything else it says is about the vault. */
const ofOneValue = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/;

function isOfDatabase(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return isDamage(error) || (code.startsWith('SQLITE_') && !ofOneValue.test(code));
}

function inWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'It may not be read by this user.';
  if (code === 'ELOOP') return 'It is a link, which is not followed.';
  if (code === 'ENOENT') return 'It was taken away while it was looked at.';
  return `It could not be read: ${message}`;
}
