import type { Transcript } from './transcript.ts';

export type RequestKind = 'conversation' | 'side' | 'count_tokens' | 'probe' | 'unknown';
export type RequestOutcome = 'running' | 'completed' | 'failed' | 'cut' | 'truncated' | 'client_closed';

/** One HTTP request to the server. `outcome`, `status` and `answer` are filled in while it runs. */
export interface RequestRecord {
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
  door: string;
  kind: RequestKind;
  streaming: boolean;
  model: string | null;
  sessionId: string | null;
  /** The conversation the CLI sent, without its own wrapping; `null` where the request is no conversation. */
  transcript: Transcript | null;
  prompt: string | null;
  stepIndex: number | null;
  outcome: RequestOutcome;
  status: number | null;
}

interface Waiter {
  accepts: (record: RequestRecord) => boolean;
  resolve: (record: RequestRecord) => void;
}

/** The newest requests, oldest first, with a way to wait for one instead of polling. */
export class RequestLog {
  readonly records: RequestRecord[] = [];
  readonly #waiters = new Set<Waiter>();
  readonly #keep: number;
  #count = 0;

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(request: Pick<RequestRecord, 'method' | 'path' | 'headers' | 'body'>): RequestRecord {
    this.#count += 1;
    const record: RequestRecord = {
      ...request,
      number: this.#count,
      at: Date.now(),
      door: 'none',
      kind: 'unknown',
      streaming: false,
      model: null,
      sessionId: null,
      transcript: null,
      prompt: null,
      stepIndex: null,
      outcome: 'running',
      status: null,
    };
    this.records.push(record);
    if (this.records.length > this.#keep) this.records.shift();
    return record;
  }

  /** Tells those who wait that a record changed. */
  changed(record: RequestRecord): void {
    for (const waiter of this.#waiters) {
      if (!waiter.accepts(record)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(record);
    }
  }

  /** The first record, past or future, that `accepts` says yes to. Asked again whenever a record changes. */
  waitFor(accepts: (record: RequestRecord) => boolean): Promise<RequestRecord> {
    const known = this.records.find(accepts);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiters.add({ accepts, resolve }));
  }
}
