/**
 * The least a gateway in Node can be: `node:http`, `ws` and `better-sqlite3`, nothing decided, nothing checked, nothing kept. What the app adds
 * is measured against it.
 *
 *     node bench/floor-gateway.mjs DATABASE [CLI]
 *
 * A client that sends `{"prompt":...}` gets every line of the CLI's stdout as one frame; `{"replay":SESSION}` gets the events of a session, 64 a
 * frame, then `{"type":"attached"}`; `{"type":"ping"…}` comes back as it is.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { WebSocketServer } from 'ws';

const [database, cli] = process.argv.slice(2);
const db = new Database(database);
db.pragma('journal_mode = WAL');
db.exec('CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, body TEXT)');

const clients = new Set();
const child = cli ? spawn(cli, [], { stdio: ['pipe', 'pipe', 'ignore'] }) : null;
if (child) {
  createInterface({ input: child.stdout }).on('line', (line) => {
    for (const client of clients) client.send(line);
  });
}

function replay(client, session) {
  const rows = db.prepare('SELECT body FROM events WHERE session_id = ? ORDER BY seq').pluck().all(session);
  for (let at = 0; at < rows.length; at += 64)
    client.send(`{"type":"events","events":[${rows.slice(at, at + 64).join()}]}`);
  client.send('{"type":"attached"}');
}

const server = createServer((_request, response) => response.end('ok'));
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (client) => {
  clients.add(client);
  client.on('close', () => clients.delete(client));
  client.on('message', (data) => {
    const text = data.toString();
    if (text.startsWith('{"type":"ping"')) {
      client.send(text);
      return;
    }
    const asked = JSON.parse(text);
    if (asked.replay) replay(client, asked.replay);
    else child?.stdin.write(`${JSON.stringify(asked.prompt)}\n`);
  });
});
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  process.stdout.write(`${JSON.stringify({ event: 'listening', url, pid: process.pid })}\n`);
});
process.on('SIGTERM', () => {
  child?.kill();
  process.exit(0);
});
