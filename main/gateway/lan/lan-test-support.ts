/** A gateway whose network is made of this machine's own loopback addresses, which its interfaces are told to be. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { NetworkInterfaceInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientOptions, WebSocket } from 'ws';
import type { Result } from '../../base/result.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { GatewaySettings, GatewayStatus } from '../../protocol/gateway.ts';
import { type HttpAnswer, startTestGateway } from '../gateway-test-support.ts';
import type { SystemInterfaces } from './interfaces.ts';
import { unkeptSettings } from './unkept-settings.ts';

export const info = (address: string): NetworkInterfaceInfo =>
  address.includes(':')
    ? { address, netmask: 'ffff::', family: 'IPv6', mac: '', internal: false, cidr: null, scopeid: 0 }
    : { address, netmask: '255.0.0.0', family: 'IPv4', mac: '', internal: false, cidr: null };

export const interfacesOf = (named: Record<string, readonly string[]>): SystemInterfaces =>
  Object.fromEntries(Object.entries(named).map(([name, addresses]) => [name, addresses.map(info)]));

export async function startLanGateway(named: Record<string, readonly string[]> = { eth0: ['127.0.0.2'] }) {
  const folder = mkdtempSync(join(tmpdir(), 'qd-lan-'));
  const kept = unkeptSettings();
  let interfaces = interfacesOf(named);
  const moved: string[] = [];
  const world = await startTestGateway({
    lan: {
      settings: kept.settings,
      socketPath: join(folder, 'gateway.sock'),
      tlsFolder: join(folder, 'tls'),
      hasCredential: () => false,
      onMoved: (url) => moved.push(url),
      interfaces: () => interfaces,
    },
  });
  return {
    ...world,
    moved,
    folder,
    socketPath: join(folder, 'gateway.sock'),
    settings: kept.settings,
    plug: (next: Record<string, readonly string[]>) => {
      interfaces = interfacesOf(next);
    },
    set: (change: Partial<GatewaySettings>): Promise<Result<GatewayStatus, Problem>> => world.gateway.reach.set(change),
    /** What listens beside the first door. */
    open: () => world.gateway.reach.status().listeners.filter(({ problem }) => problem === undefined),
    async stop() {
      await world.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Calls an address as a client of that door would. */
export function call(url: string, options: RequestOptions & { ca?: string; rejectUnauthorized?: boolean } = {}) {
  return new Promise<HttpAnswer>((resolve, reject) => {
    const { request } = url.startsWith('https:') ? { request: httpsRequest } : { request: httpRequest };
    const asked = request(url, { agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Opens a WebSocket; answers with its first frame, or the status of a refusal. */
export function openSocket(
  url: string,
  options: ClientOptions = {},
): Promise<{ frame?: string; status?: number; socket: WebSocket }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('message', (data) => resolve({ frame: String(data), socket }));
    socket.on('unexpected-response', (_request, response) => resolve({ status: response.statusCode ?? 0, socket }));
    socket.on('error', reject);
  });
}
