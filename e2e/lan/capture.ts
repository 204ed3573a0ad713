import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Network } from './network.ts';

const execute = promisify(execFile);

/** Everything that went over the cable. */
export interface Capture {
  packets: number;
  /** The packets as they were, headers included. */
  raw: Buffer;
  /** What each side of each connection said, put together, and what its WebSocket frames hold once the mask is off. */
  said: readonly Buffer[];
}

/** Listens on the cable until `stop`. */
export async function startCapture(network: Network): Promise<{ stop(): Promise<Capture> }> {
  const folder = mkdtempSync(join(tmpdir(), 'qd-capture-'));
  const file = join(folder, 'cable.pcap');
  const [command = '', ...before] = [...network.desk, 'tshark', '-q', '-i', 'eth0', '-s', '0', '-w', file];
  const child = spawn(command, before, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += String(chunk);
  });
  const deadline = performance.now() + 20_000;
  while (!/Capturing on/.test(said)) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`tshark does not listen: ${said}`);
    await wait(50);
  }
  // It says so a moment before it does.
  await wait(700);
  return {
    async stop() {
      await wait(700);
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      await gone;
      try {
        return await read(file);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function read(file: string): Promise<Capture> {
  const fields = ['tcp.stream', 'ip.src', 'tcp.seq', 'tcp.payload'].flatMap((name) => ['-e', name]);
  const { stdout } = await execute('tshark', ['-r', file, '-Y', 'tcp.len > 0', '-T', 'fields', ...fields], {
    maxBuffer: 1 << 30,
  });
  const sides = new Map<string, Map<number, Buffer>>();
  const rows = stdout.split('\n').filter(Boolean);
  for (const row of rows) {
    const [stream, source, seq, payload] = row.split('\t');
    const side = sides.get(`${stream} ${source}`) ?? new Map<number, Buffer>();
    sides.set(`${stream} ${source}`, side.set(Number(seq), Buffer.from(payload ?? '', 'hex')));
  }
  const streams = [...sides.values()].map((parts) =>
    Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)),
  );
  return { packets: rows.length, raw: readFileSync(file), said: [...streams, ...streams.flatMap(unmasked)] };
}

/** The contents of the WebSocket frames of one side (RFC 6455, 5.2), after the HTTP headers. */
function unmasked(stream: Buffer): Buffer[] {
  const headers = stream.indexOf('\r\n\r\n');
  if (headers < 0 || !/upgrade: websocket/i.test(stream.subarray(0, headers).toString('latin1'))) return [];
  const found: Buffer[] = [];
  let at = headers + 4;
  while (at + 2 <= stream.length) {
    const masked = (stream[at + 1]! & 0x80) !== 0;
    let length = stream[at + 1]! & 0x7f;
    at += 2;
    if (length === 126) {
      length = stream.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(stream.readBigUInt64BE(at));
      at += 8;
    }
    const mask = masked ? stream.subarray(at, at + 4) : null;
    if (mask) at += 4;
    const content = Buffer.from(stream.subarray(at, at + length));
    if (mask) for (let index = 0; index < content.length; index += 1) content[index]! ^= mask[index & 3]!;
    found.push(content);
    at += length;
  }
  return found;
}

/**
 * The ways in which something could stand on the wire: as it is, in hex, in base64 and base64url at each of the three places in a group.
 * @param bytes - at least a dozen.
 */
function formsOf(bytes: Buffer): Buffer[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The first and last groups depend on what stands beside it.
    const sure = text.slice(shift === 0 ? 0 : 4, -4).replace(/=+$/, '');
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [bytes, ...[hex, hex.toUpperCase(), ...base64].map((text) => Buffer.from(text))];
}

/** How often something was said over the cable, in any form. */
export function timesSaid(capture: Capture, what: string | Buffer): number {
  const forms = formsOf(Buffer.from(what));
  return [capture.raw, ...capture.said].reduce(
    (sum, bytes) => sum + forms.filter((form) => bytes.includes(form)).length,
    0,
  );
}
