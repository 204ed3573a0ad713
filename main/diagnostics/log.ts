import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../orchestrator/ports.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What is used of electron-log (`electron-log/node` or `electron-log/main`). */
export interface ElectronLog {
  create(options: { logId: string }): {
    log(...data: unknown[]): void;
    transports: {
      console: { level: unknown };
      file: {
        level: unknown;
        format: unknown;
        sync: boolean;
        maxSize: number;
        writeOptions?: { flag?: string; mode?: number; encoding?: string };
        resolvePathFn: (variables: never, message?: never) => string;
        archiveLogFn: (file: never) => void;
      };
    };
  };
}

export interface AppLog extends Log {
  /** The file that is written. */
  readonly file: string;
  /** Writes what still waits. Afterwards lines are dropped. */
  close(): Promise<void>;
}

export interface LogOptions {
  /** Made when it is missing, 0700. */
  folder: string;
  /** Takes secrets out of a text and out of fields; every line goes through it. */
  redactText: (text: string) => string;
  redactFields: (fields: Record<string, unknown>) => Record<string, unknown>;
  /** Loads electron-log; called with the first line only, because it takes as long to load as everything else at start. */
  load: () => Promise<ElectronLog>;
  now: () => number;
  /** Lines below this level are not kept. */
  level?: LogLevel;
  /** Bytes after which a new file is begun. */
  maxBytes?: number;
}

/** How much each level matters, the least first. */
export const ranks: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };
/** Old files that are kept besides the one that is written. */
const keptFiles = 3;
/** Lines that wait while electron-log is loaded. */
const maxWaiting = 1_000;
const maxLineChars = 20_000;

export const numbered = (file: string, number: number) => file.replace(/\.log$/, `.${number}.log`);

/** main.log -> main.1.log -> main.2.log -> main.3.log -> gone. */
function rotate(file: string): void {
  rmSync(numbered(file, keptFiles), { force: true });
  for (let number = keptFiles - 1; number >= 1; number -= 1) {
    if (existsSync(numbered(file, number))) renameSync(numbered(file, number), numbered(file, number + 1));
  }
  renameSync(file, numbered(file, 1));
}

/** One line of the log: time, level, message, fields as JSON. Never more than one line, never a secret. */
export function formatLine(
  { redactText, redactFields }: Pick<LogOptions, 'redactText' | 'redactFields'>,
  at: number,
  level: LogLevel,
  message: string,
  fields?: Record<string, unknown>,
): string {
  const rest = fields && Object.keys(fields).length > 0 ? ` ${JSON.stringify(redactFields(fields))}` : '';
  const text = `${redactText(message)}${rest}`.replace(/\r?\n/g, '\\n');
  const cut = text.length <= maxLineChars ? text : `${text.slice(0, maxLineChars)}… (${text.length} characters)`;
  return `${new Date(at).toISOString()} ${level} ${cut}`;
}

/** The app's log: a file that only its owner can read, rotated by size. A folder that cannot be written costs the log, never the app. */
export function createLog(options: LogOptions): AppLog {
  const file = path.join(options.folder, 'main.log');
  const least = ranks[options.level ?? 'info'];
  let waiting: string[] = [];
  let loading: Promise<void> | null = null;
  let write: ((line: string) => void) | null = null;
  let closed = false;

  async function open(): Promise<void> {
    // Whoever writes the first line is in the middle of starting; that goes first.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
      const electronLog = await options.load();
      const logger = electronLog.create({ logId: `quarterdeck ${file}` });
      logger.transports.console.level = false;
      const { file: transport } = logger.transports;
      transport.level = 'silly';
      transport.format = '{text}';
      transport.sync = true;
      transport.maxSize = options.maxBytes ?? 5 * 1024 * 1024;
      transport.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
      transport.resolvePathFn = () => file;
      transport.archiveLogFn = () => {
        try {
          rotate(file);
        } catch {
          // Another process holds the old one open (Windows): go on in the file there is.
        }
      };
      write = (line) => logger.log(line);
    } catch {
      write = () => undefined;
    }
    for (const line of waiting) write(line);
    waiting = [];
  }

  const add = (level: LogLevel, message: string, fields?: Record<string, unknown>) => {
    if (closed || ranks[level] < least) return;
    const line = formatLine(options, options.now(), level, message, fields);
    if (write) {
      write(line);
      return;
    }
    if (waiting.length < maxWaiting) waiting.push(line);
    loading ??= open();
  };

  return {
    file,
    debug: (message, fields) => add('debug', message, fields),
    info: (message, fields) => add('info', message, fields),
    warn: (message, fields) => add('warn', message, fields),
    error: (message, fields) => add('error', message, fields),
    async close() {
      await loading;
      closed = true;
    },
  };
}
