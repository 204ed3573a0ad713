import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { defaultGatewaySettings, type GatewaySettings } from '../../main/protocol/gateway.ts';
import { createGatewaySettingsStore } from '../../main/storage/gateway-settings-store.ts';
import { openDatabase } from '../../main/storage/open-database.ts';
import type { Network } from './network.ts';
import { ResumingClient } from './resuming-client.ts';
import { unixTransport } from './transports.ts';

export const port = 8741;

/** The desk: the real app without a window, on its own computer of the network, reachable from the other one. */
export interface Desk extends AsyncDisposable {
  readonly home: string;
  /** Folder of a session. */
  folder(name: string): string;
  /** The owner's client at the desk, over the Unix socket. */
  readonly client: ResumingClient;
  readonly ownerToken: string;
  /** SIGKILL, and the same app again. */
  killAndRestart(): Promise<void>;
  /** A link for one more device. */
  pairingLink(name: string, scopes: readonly string[]): Promise<string>;
}

const built = join(import.meta.dirname, '../../out/main/headless.js');
const source = join(import.meta.dirname, '../../main/headless.ts');

export async function startDesk(network: Network, change: Partial<GatewaySettings> = {}): Promise<Desk> {
  const root = mkdtempSync(join(tmpdir(), 'qd-lan-'));
  const home = join(root, 'home');
  mkdirSync(home, { mode: 0o700 });
  // Switched on as Settings would, before the first start: the first client needs a door that leads out of the namespace.
  const db = openDatabase(join(home, 'quarterdeck.db'));
  createGatewaySettingsStore(db).set({ ...defaultGatewaySettings, lan: true, unix_socket: true, ...change });
  db.close();

  let child: ChildProcess | null = null;
  const start = async () => {
    const [command = '', ...before] = [...network.desk, process.execPath];
    const entry = existsSync(built) ? built : source;
    const started = spawn(command, [...before, entry, '--home', home, '--port', String(port), '--json'], {
      env: { ...process.env, QUARTERDECK_IMPORTS: 'off' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    const lines = createInterface({ input: started.stdout! });
    const line = await Promise.race([
      once(lines, 'line').then(([text]) => String(text)),
      once(started, 'exit').then(([code]) => `ended with ${code}`),
    ]);
    if (!line.includes('"listening"')) throw new Error(`The desk did not start: ${line}`);
  };
  await start();
  const token = () => readFileSync(join(home, 'owner-token'), 'utf8').trim();
  const client = new ResumingClient('desk', unixTransport(join(home, 'gateway.sock'), token));
  await client.until(() => client.welcomed, 'welcome', 20_000);
  const end = async (signal: NodeJS.Signals) => {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
  };
  return {
    home,
    client,
    ownerToken: token(),
    folder(name) {
      const folder = join(root, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    async killAndRestart() {
      await end('SIGKILL');
      await start();
    },
    async pairingLink(name, scopes) {
      const answer = await client.ask({ type: 'pairing_create', name, scopes });
      if (!answer.ok) throw new Error(`No pairing: ${JSON.stringify(answer.error)}`);
      return (answer.result as { link: string }).link;
    },
    async [Symbol.asyncDispose]() {
      client.end();
      await end('SIGTERM');
      rmSync(root, { recursive: true, force: true });
    },
  };
}
