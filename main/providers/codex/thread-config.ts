import type { McpServer } from '../../orchestrator/ports.ts';
import { runIdVariable } from '../process/environment.ts';
import type { AppServer } from './app-server.ts';

/**
 * `config` of `thread/start`, `thread/resume` and `thread/fork`: what this thread has besides the person's own settings. It goes over stdin and
 * into no file. The shells get the mark by which all they start is found again, and nothing in the variables from which only Codex itself reads
 * a key. Tools of the app's own servers are called without asking: they change nothing of the person's.
 */
export function threadConfig(server: AppServer, mark: string, mcpServers: readonly McpServer[]): object {
  const set = (name: string) => `shell_environment_policy.set.${name}`;
  const emptied = server.secretNames.map((name) => [set(name), ''] as const);
  const servers = mcpServers
    .filter(({ name }) => /^[\w-]+$/.test(name))
    .map(
      ({ name, url, headers }) =>
        [`mcp_servers.${name}`, { url, http_headers: headers, default_tools_approval_mode: 'approve' }] as const,
    );
  return Object.fromEntries([[set(runIdVariable), mark], ...emptied, ...servers]);
}
