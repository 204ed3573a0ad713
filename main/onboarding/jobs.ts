import { randomBytes } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import type { JobOutput } from '../protocol/views.ts';

export interface JobContext {
  /** Adds to the output; any piece of text, lines need not be whole. */
  write(text: string): void;
  /** Aborted when the job is to end; the job ends what it started and returns. */
  signal: AbortSignal;
}

export interface JobSpec {
  /** One job with this key runs at a time. */
  key: string;
  title: string;
  /** @returns how it ended. What is thrown is a failed job, its message the last line of the output. */
  run(context: JobContext): Promise<{ ok: boolean; exit_code: number | null }>;
}

/** Work that takes minutes and is watched: its output is kept, bounded and without secrets, for whoever asks. */
export interface Jobs {
  /** @returns the id; of the job with this key that runs already, where there is one. */
  start(spec: JobSpec): string;
  /** Output from `offset` (characters since the beginning) on; null when there is no such job (any more). */
  read(job_id: string, offset: number): JobOutput | null;
  /** False when it is not running. Its end is told by `read`. */
  cancel(job_id: string): boolean;
  /** Ends all; resolves when they have ended. */
  close(): Promise<void>;
}

export interface JobsOptions {
  /** Takes secrets out of one line. */
  redact: (line: string) => string;
  /** Characters of output kept of one job; the oldest go first. */
  maxChars?: number;
}

/** Ended jobs whose output is kept. */
const keptJobs = 20;
/** Characters without a line break after which a line is shown as it is. */
const maxLineChars = 4000;

interface Job {
  key: string;
  title: string;
  state: JobOutput['state'];
  exit_code: number | null;
  text: string;
  /** Characters that were dropped from the beginning of `text`. */
  dropped: number;
  /** The last line, not ended yet. */
  line: string;
  abort: AbortController;
  ended: Promise<void>;
}

export function createJobs({ redact, maxChars = 200_000 }: JobsOptions): Jobs {
  const jobs = new Map<string, Job>();
  let closing = false;

  return {
    start({ key, title, run }) {
      for (const [id, job] of jobs) if (job.key === key && job.state === 'running') return id;
      const job_id = `job_${randomBytes(12).toString('base64url')}`;
      const job: Job = {
        key,
        title: redact(title),
        state: 'running',
        exit_code: null,
        text: '',
        dropped: 0,
        line: '',
        abort: new AbortController(),
        ended: Promise.resolve(),
      };
      jobs.set(job_id, job);
      forgetOldest(jobs);
      if (closing) job.abort.abort();
      job.ended = carryOut(job, run);
      return job_id;
    },
    read(job_id, offset) {
      const job = jobs.get(job_id);
      if (job === undefined) return null;
      const { state, title, exit_code } = job;
      const end = job.dropped + job.text.length;
      const from = Math.min(Math.max(offset, job.dropped), end);
      const cut = offset < job.dropped ? '[earlier output was dropped]\n' : '';
      return { job_id, state, title, exit_code, text: cut + job.text.slice(from - job.dropped), offset: end };
    },
    cancel(job_id) {
      const job = jobs.get(job_id);
      if (job?.state !== 'running') return false;
      job.abort.abort();
      return true;
    },
    async close() {
      closing = true;
      for (const job of jobs.values()) job.abort.abort();
      await Promise.all([...jobs.values()].map((job) => job.ended));
    },
  };

  async function carryOut(job: Job, run: JobSpec['run']): Promise<void> {
    const { signal } = job.abort;
    try {
      const end = await run({ write: (text) => write(job, text), signal });
      job.exit_code = end.exit_code;
      job.state = signal.aborted && !end.ok ? 'cancelled' : end.ok ? 'done' : 'failed';
    } catch (error) {
      write(job, `\n${error instanceof Error ? error.message : String(error)}\n`);
      job.state = signal.aborted ? 'cancelled' : 'failed';
    }
    if (job.line !== '') write(job, '\n');
  }

  /** Whole lines only, so that a secret that comes in two pieces is found, and a progress bar is its last state. */
  function write(job: Job, text: string): void {
    const lines = (job.line + text).split('\n');
    job.line = lines.pop() ?? '';
    if (job.line.length > maxLineChars) {
      lines.push(job.line);
      job.line = '';
    }
    for (const line of lines) job.text += `${redact(plain(line))}\n`;
    if (job.text.length <= maxChars) return;
    const drop = job.text.length - maxChars;
    job.dropped += drop;
    job.text = job.text.slice(drop);
  }
}

/** Without colours and cursor movements; of a line that was written over itself only what stood there last. */
function plain(line: string): string {
  const shown = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not text is taken out.
  return stripVTControlCharacters(shown).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

function forgetOldest(jobs: Map<string, Job>): void {
  for (const [id, job] of jobs) {
    if (jobs.size <= keptJobs) return;
    if (job.state !== 'running') jobs.delete(id);
  }
}
