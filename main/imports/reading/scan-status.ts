import type { ImportStatus } from '../../protocol/views.ts';
import { isListed } from '../vault/listed.ts';
import type { Db } from '../vault/open-vault.ts';

const problemsKept = 50;
/** Told at most this often while nothing but numbers changes, milliseconds. */
const tellMs = 200;

/** How far the reading is: what is known of it, and when it is told. */
export class ScanStatus {
  readonly #tell: (status: ImportStatus) => void;
  readonly #counts: () => { sessions: number; messages: number };
  readonly #problems = new Map<string, string>();
  #value: ImportStatus;
  #toldAt = 0;

  constructor(db: Db, tell: (status: ImportStatus) => void) {
    this.#tell = tell;
    const count = db.prepare<[], { sessions: number; messages: number }>(
      `SELECT count(*) AS sessions, coalesce(sum(items), 0) AS messages FROM imports WHERE ${isListed}`,
    );
    this.#counts = () => count.get()!;
    this.#value = {
      state: 'idle',
      files_done: 0,
      files_total: 0,
      bytes_done: 0,
      bytes_total: 0,
      ...this.#counts(),
      problems: [],
      finished_at: null,
    };
  }

  get value(): ImportStatus {
    return this.#value;
  }

  clearProblems(): void {
    this.#problems.clear();
  }

  problem(path: string, words: string): void {
    this.#problems.set(path, words);
  }

  /** Bytes of the files of a whole look; what is read beside it is not part of its progress. */
  read(bytes: number): void {
    if (this.#value.state === 'scanning') {
      this.#value = { ...this.#value, bytes_done: this.#value.bytes_done + bytes };
    }
  }

  /** @param how.count - count what is in the vault; `how.now`: tell it at once. */
  update(change: Partial<ImportStatus>, how: { count?: boolean; now?: boolean } = {}): void {
    const before = this.#value;
    const problems = [...this.#problems].slice(0, problemsKept).map(([path, message]) => ({ path, message }));
    this.#value = { ...before, ...change, problems, ...(how.count ? this.#counts() : {}) };
    const at = performance.now();
    if (!how.now && at - this.#toldAt < tellMs && this.#value.state === before.state) return;
    this.#toldAt = at;
    if (this.#value.state === 'scanning') this.#value = { ...this.#value, ...this.#counts() };
    this.#tell(this.#value);
  }
}
