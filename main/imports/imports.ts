import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Emitter } from '../base/emitter.ts';
import type { ImportSource, Log } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { ImportStatus } from '../protocol/views.ts';
import { importDigest } from './digest.ts';
import { endThread } from './end-thread.ts';
import type { FromReader, Question, Questions, ReaderOptions, ToReader } from './messages.ts';
import type { OtherWriter } from './other-writer.ts';
import { vaultPath } from './vault-path.ts';

export interface ImportsOptions {
  /** Folder where everything of this installation lives. */
  home: string;
  /** The app's own database. */
  database: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The person's home. */
  userHome: string;
  log: Log;
  /** Look at the CLIs' files after this long, milliseconds, so that the start is not slowed; null: only when asked to. */
  scanAfterMs: number | null;
  /** Keys the app knows: never kept, wherever they stand in a conversation. */
  secrets?: { values(): readonly string[]; onAdded(listener: () => void): () => void };
}

/** The vault as the app's own thread holds it: it only asks. The thread that reads is started when it is first needed. */
export interface Imports {
  readonly status: Emitter<ImportStatus>;
  /** A conversation of the vault holds this many entries now. */
  readonly grown: Emitter<{ import_id: string; messages: number }>;
  readonly otherWriter: Emitter<OtherWriter>;
  readonly notice: Emitter<Problem>;
  readonly source: ImportSource;
  /** @throws {Error} when the vault cannot be opened or the thread ended. */
  ask<Q extends Question>(question: Q, ask: Questions[Q]['ask']): Promise<Questions[Q]['answer']>;
  /** Begins, when reading is switched on. */
  start(enabled: boolean): void;
  setEnabled(enabled: boolean): void;
  /** The log has grown. */
  logChanged(): void;
  close(): Promise<void>;
}

const namesOfEnv = ['CLAUDE_CONFIG_DIR', 'CODEX_HOME', 'GEMINI_CLI_HOME'] as const;
/** The thread may use this much memory for its own objects, megabytes; a line of 64 MB is held three times over. */
const heapMb = 768;

/** The program of the thread: beside this file in the sources, beside the bundle in what is built. */
function workerProgram(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, 'worker.ts'), join(here, 'import-worker.js'), join(here, '..', 'import-worker.js')];
  return candidates.find((path) => existsSync(path)) ?? candidates[1]!;
}

export function createImports({ home, database, env, userHome, log, scanAfterMs, secrets }: ImportsOptions): Imports {
  const status = new Emitter<ImportStatus>();
  const grown = new Emitter<{ import_id: string; messages: number }>();
  const otherWriter = new Emitter<OtherWriter>();
  const notice = new Emitter<Problem>();
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let worker: Worker | null = null;
  let enabled = true;
  let nextId = 1;
  let closing: Promise<void> | null = null;

  function hear(message: FromReader): void {
    if ('id' in message) {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) asked?.resolve(message.answer);
      else asked?.reject(new Error(message.error));
      return;
    }
    switch (message.tell) {
      case 'status':
        status.emit(message.status);
        break;
      case 'grown':
        for (const { import_id, items } of message.grown) grown.emit({ import_id, messages: items });
        break;
      case 'other_writer':
        for (const one of message.writers) otherWriter.emit(one);
        break;
      case 'notice':
        log.warn('the vault was damaged', { ...message.notice });
        notice.emit(message.notice);
        break;
      case 'error':
        log.error('reading the conversations of the CLIs failed', { error: message.error });
        break;
    }
  }

  function ended(error: Error): void {
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function begin(): Worker {
    const workerData: ReaderOptions = {
      vault: vaultPath(home),
      log: database,
      home: userHome,
      env: Object.fromEntries(namesOfEnv.map((name) => [name, env[name]])),
      scanAfterMs,
      hotMs: 2000,
      allMs: 60_000,
      maxLineBytes: limits.cliLineBytes,
      secrets: secrets?.values() ?? [],
    };
    const started = new Worker(workerProgram(), {
      name: 'imports',
      workerData,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    started.unref();
    started.on('message', hear);
    started.on('error', (error) => {
      log.error('the thread that reads the conversations of the CLIs failed', {
        error: String((error as Error)?.stack ?? error),
      });
      if (worker === started) ended(error as Error);
    });
    started.on('exit', () => {
      if (worker === started) ended(new Error('The thread that reads the conversations of the CLIs has ended.'));
    });
    worker = started;
    if (!enabled) void ask('enable', { enabled }).catch(() => {});
    return started;
  }

  function ask<Q extends Question>(question: Q, asked: Questions[Q]['ask']): Promise<Questions[Q]['answer']> {
    if (closing && question !== 'close') return Promise.reject(new Error('The app is closing.'));
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      try {
        (worker ?? begin()).postMessage({ id, question, ask: asked } as ToReader);
      } catch (error) {
        waiting.delete(id);
        reject(error as Error);
      }
    });
  }

  secrets?.onAdded(() => {
    if (worker && !closing) void ask('secrets', { values: secrets.values() }).catch(() => {});
  });

  const source: ImportSource = {
    async find(import_id) {
      const found = await ask('find', { import_id });
      if (!found) return null;
      const { provider, provider_session_id, cwd, title, gone } = found;
      return {
        provider,
        provider_session_id,
        cwd,
        title,
        resumable: !gone,
        digest: async () => importDigest(found, await ask('said', { import_id, max_chars: limits.digestChars - 2000 })),
      };
    },
  };

  return {
    status,
    grown,
    otherWriter,
    notice,
    source,
    ask,
    start(isEnabled) {
      enabled = isEnabled;
      begin();
    },
    setEnabled(isEnabled) {
      if (enabled === isEnabled) return;
      enabled = isEnabled;
      if (worker) void ask('enable', { enabled }).catch(() => {});
    },
    logChanged() {
      if (worker && !closing) void ask('log_changed', {}).catch(() => {});
    },
    close() {
      closing ??= (async () => {
        const running = worker;
        if (!running) return;
        const isEnded = await endThread(running, ask('close', {}));
        ended(new Error('The app is closing.'));
        if (!isEnded) log.error('the thread that reads the conversations of the CLIs could not be ended');
      })();
      return closing;
    },
  };
}
