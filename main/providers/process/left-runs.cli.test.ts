import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { endLeftRuns } from './end-processes.ts';
import { processesOfRuns } from './process-table.ts';
import { instanceName } from './run-id.ts';

const fake = fileURLToPath(new URL('../claude/fixtures/fake-claude.mjs', import.meta.url));
const adapter = new URL('../claude/adapter.ts', import.meta.url).href;
const start = new URL('./start-cli.ts', import.meta.url).href;

/** An app that begins a turn and never ends it; it prints the pids of what the CLI started. */
const app = (instance: string, cwd: string) => `
  import { ClaudeProvider } from ${JSON.stringify(adapter)};
  import { createStartCli } from ${JSON.stringify(start)};
  const env = { PATH: process.env.PATH, FAKE_CLAUDE: 'tree', QUARTERDECK_CLAUDE_PATH: ${JSON.stringify(fake)} };
  const clock = { now: Date.now, after: () => () => {} };
  const provider = new ClaudeProvider({ env, home: '/', instance: ${JSON.stringify(instance)}, startCli: createStartCli(), clock });
  const options = { session_id: 'ses_x', cwd: ${JSON.stringify(cwd)}, model: null, effort: null, mode: 'ask', resume: null, fork: false, mcp_servers: [] };
  const session = provider.start(options, (event) => event.type === 'item_delta' && console.log(event.text));
  session.prompt({ turn_id: 'turn_x', text: 'Hello', attachments: [] });`;

describe.runIf(existsSync('/proc'))('what a killed app left running', () => {
  it('is found by its next start and ended; what another one runs is not touched', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'left-runs-'));
    const [ours, theirs] = [instanceName(join(folder, 'ours')), instanceName(join(folder, 'theirs'))];
    const running = (instance: string) => processesOfRuns((runId) => runId.startsWith(`${instance}.`));
    try {
      for (const instance of [ours, theirs]) {
        const killed = spawn(process.execPath, ['--input-type=module-typescript', '-e', app(instance, folder)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        await once(createInterface({ input: killed.stdout! }), 'line');
        killed.kill('SIGKILL');
        await once(killed, 'exit');
        expect(running(instance).length).toBeGreaterThanOrEqual(5);
      }
      expect(await endLeftRuns(ours, 100)).toBeGreaterThanOrEqual(5);
      expect(running(ours)).toEqual([]);
      expect(running(theirs).length).toBeGreaterThanOrEqual(5);
    } finally {
      await endLeftRuns(theirs, 100);
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is nothing after a clean end', async () => {
    expect(await endLeftRuns('no-such-instance')).toBe(0);
  });
});
