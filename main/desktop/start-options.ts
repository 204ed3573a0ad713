import { resolve } from 'node:path';

/** The gateway's own port, when the person named none. */
export const defaultPort = 8741;

/** Given by the system's own start at login. */
export const hiddenOption = '--hidden';

export interface StartOptions {
  /** Absolute; null: the usual place. */
  home: string | null;
  port: number;
  /** The person named the port: another one would not do. */
  portFixed: boolean;
  /** No window until somebody asks for one: the system has opened the app at login. */
  hidden: boolean;
}

/**
 * Reads how the app was started. Arguments that are not ours are left alone: Electron, Chromium and Playwright add their own.
 * @param argv - `process.argv`; `--home DIR` or `--home=DIR`, `--port N` or `--port=N` (0: any free port).
 * @returns the options, or one sentence saying what is wrong.
 */
export function readStartOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): { ok: true; value: StartOptions } | { ok: false; error: string } {
  const home = optionValue(argv, '--home') ?? (env.QUARTERDECK_HOME || undefined);
  if (home === '') return { ok: false, error: '--home needs a folder.' };
  const port = optionValue(argv, '--port');
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    return { ok: false, error: `--port needs a number from 0 to 65535, not "${port}".` };
  }
  return {
    ok: true,
    value: {
      home: home === undefined ? null : resolve(cwd, home),
      port: port === undefined ? defaultPort : Number(port),
      portFixed: port !== undefined && port !== '0',
      hidden: argv.includes(hiddenOption),
    },
  };
}

/**
 * What of the arguments counts for a start again: every option, whoever it is for; no link and no folder, which were opened once, and no `--hidden`,
 * for a person is looking.
 */
export function optionsOf(argv: readonly string[]): string[] {
  return argv.filter(
    (argument, at) =>
      at > 0 && argument !== hiddenOption && (argument.startsWith('-') || /^--(home|port)$/.test(argv[at - 1] ?? '')),
  );
}

/** The last one counts; an option without a value gives ''. */
function optionValue(argv: readonly string[], option: string): string | undefined {
  let value: string | undefined;
  argv.forEach((argument, index) => {
    if (argument.startsWith(`${option}=`)) value = argument.slice(option.length + 1);
    else if (argument === option) {
      const next = argv[index + 1];
      value = next === undefined || next.startsWith('--') ? '' : next;
    }
  });
  return value;
}
