import type { Clock } from '../../base/clock.ts';
import type { McpServer, ProviderEvent } from '../../orchestrator/ports.ts';
import { fields, list, string } from '../shared/fields.ts';
import type { Link } from './link.ts';
import { toolServerNotice } from './notices.ts';

/** The CLI's tool names are made of it. */
const serverName = /^[A-Za-z0-9_-]{1,64}$/;
/** Between two looks at a server that is being connected. */
const lookMs = 100;

export function usableServers(servers: readonly McpServer[]): McpServer[] {
  return servers.filter((server) => serverName.test(server.name));
}

export interface ToolServersDeps {
  clock: Clock;
  /** Until the first message is sent without them. */
  patienceMs: number;
  emit: (event: ProviderEvent) => void;
}

/**
 * Tells the CLI of the tool servers of this conversation. Over stdin: their tokens stand neither on the command line nor in a file. The person's
 * own servers stay as they are.
 * @returns when they are connected, or are not going to be (which is said).
 */
export function connectToolServers(
  link: Link,
  servers: readonly McpServer[],
  { clock, patienceMs, emit }: ToolServersDeps,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let done = false;
  /** @param whyNot - by name; a server that is not in it is connected. */
  const finish = (whyNot: ReadonlyMap<string, string>) => {
    if (done) return;
    done = true;
    cancel();
    for (const [name, why] of whyNot) emit(toolServerNotice(name, why));
    resolve();
  };
  const all = (why: string) => new Map(servers.map(({ name }) => [name, why]));
  const cancel = clock.after(patienceMs, () => finish(all('no answer')));

  const look = (refused: ReadonlyMap<string, string>) =>
    link.control({ subtype: 'mcp_status' }, (ok, answer) => {
      if (done) return;
      const known = new Map(list(answer.mcpServers).map((server) => [fields(server).name, fields(server)]));
      const states = servers.map(({ name }) => ({ name, server: ok ? known.get(name) : undefined }));
      if (states.some(({ server }) => server?.status === 'pending')) {
        clock.after(lookMs, () => look(refused));
        return;
      }
      const failed = states.filter(({ server }) => server !== undefined && server.status !== 'connected');
      finish(new Map([...refused, ...failed.map(({ name, server }) => [name, failure(server)] as const)]));
    });

  const given = Object.fromEntries(servers.map(({ name, url, headers }) => [name, { type: 'http', url, headers }]));
  link.control({ subtype: 'mcp_set_servers', servers: given }, (ok, answer, error) => {
    if (!ok) {
      finish(all(error || 'refused'));
      return;
    }
    look(new Map(Object.entries(fields(answer.errors)).map(([name, why]) => [name, string(why) ?? 'refused'])));
  });
  return promise;
}

function failure(server: { readonly [name: string]: unknown } | undefined): string {
  return string(server?.error) ?? string(server?.status) ?? 'not connected';
}
