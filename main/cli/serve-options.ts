import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../base/result.ts';
import { defaultHome } from '../home.ts';

/** The gateway's own port, when the person named none. */
const defaultPort = 8741;

export const serveUsage = `Runs Quarterdeck without a window and serves it to a browser on this machine.

Usage: npm run serve -- [options]

  --home DIR   folder where everything is kept (default: this user's data folder, or QUARTERDECK_HOME)
  --port N     port on 127.0.0.1; 0 takes any free one (default: ${defaultPort}, or another one when it is taken)
  --host A     also listen on this address of this machine, for this run; 0.0.0.0 or :: means every one. 127.0.0.1 is always listened on. Refused
               while there is neither an API key nor a device to come in with (default: as set in Settings, at first this machine only)
  --json       say in one line of JSON that it listens: {"event":"listening","url":...,"open_url":...,"pid":...,"home":...}
  --open       open it in the default browser, where there is one
  --help       show this
  --version    show the version

Exit code: 0 ended as asked, or was running already; 1 could not start; 2 wrong usage.`;

export interface ServeOptions {
  /** Absolute. */
  home: string;
  port: number;
  /** Address to listen on beside this machine's own; null: as the settings say. */
  host: string | null;
  /** The person named the port: another one would not do. */
  portFixed: boolean;
  json: boolean;
  /** Opens the default browser. */
  open: boolean;
  show: 'help' | 'version' | null;
}

/** Reads the arguments of the headless start. An error is one sentence for the person who typed them. */
export function readServeOptions(argv: string[], env: NodeJS.ProcessEnv, cwd: string): Result<ServeOptions, string> {
  try {
    const { values } = parseArgs({
      args: argv,
      strict: true,
      allowPositionals: false,
      options: {
        home: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        json: { type: 'boolean', default: false },
        open: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    });
    if (values.host !== undefined && values.host !== 'localhost' && !isIP(values.host)) {
      return err(`--host needs an address, e.g. 192.168.1.10 or 0.0.0.0, not "${values.host}".`);
    }
    if (values.home === '') return err('--home needs a folder.');
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535)) {
      return err(`--port needs a number from 0 to 65535, not "${values.port}".`);
    }
    const port = values.port === undefined ? defaultPort : Number(values.port);
    return ok({
      home: values.home === undefined ? defaultHome(env, process.platform) : resolve(cwd, values.home),
      port,
      host: values.host ?? null,
      portFixed: values.port !== undefined && port !== 0,
      json: values.json,
      open: values.open,
      show: values.help ? 'help' : values.version ? 'version' : null,
    });
  } catch (error) {
    return err((error as Error).message.split('\n')[0]!);
  }
}
