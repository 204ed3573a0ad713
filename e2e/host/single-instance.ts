import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';

interface Start {
  argv: string[];
  cwd: string;
}

/**
 * Tells the first instance that this one was started; false when there is none. Synchronous, as `app.requestSingleInstanceLock` is: a child
 * Node does the talking.
 * @param socket - path of the first instance's socket; one that nobody listens on is what a killed instance left behind.
 */
export function askFirstInstance(socket: string, start: Start): boolean {
  const script = `
    const [socket, start] = process.argv.slice(1);
    require('node:net').connect(socket, function () { this.end(start); }).on('error', () => process.exit(1)).on('close', () => process.exit());
  `;
  try {
    execFileSync(process.execPath, ['-e', script, socket, JSON.stringify(start)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Hears of later starts for as long as this process runs. */
export function listenForInstances(socket: string, onStart: (start: Start) => void): void {
  rmSync(socket, { force: true });
  const server = createServer((connection) => {
    let text = '';
    connection.setEncoding('utf8');
    connection.on('data', (chunk: string) => {
      text += chunk;
    });
    connection.on('end', () => onStart(JSON.parse(text) as Start));
    connection.on('error', () => {});
  });
  server.on('error', (error) => console.error(`chromium-host: no single-instance socket: ${error.message}`));
  server.listen(socket);
  server.unref();
}
