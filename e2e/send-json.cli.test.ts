import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from './model-server/server.ts';
import { claudeTestEnv } from './tools/claude-env.ts';
import { ensureCli } from './tools/ensure-clis.ts';
import { processesMarked, waitGone } from './tools/process-tree.ts';

type Line = Record<string, unknown> & { type: string };

const cli = join(import.meta.dirname, '../out/main/cli.js');
const marker = `E2E_RUN=${randomUUID()}`;
const running: ChildProcess[] = [];
let root: string;
let work: string;
let env: NodeJS.ProcessEnv;
let server: ModelServer;

beforeAll(async () => {
  const binary = await ensureCli('claude');
  root = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-send-')));
  work = join(root, 'work');
  mkdirSync(work);
  server = await startModelServer({ deltaMs: 40 });
  const [name = '', value = ''] = marker.split('=');
  const claude = claudeTestEnv({ modelUrl: server.url, configDir: join(root, 'claude'), maxRetries: 1 });
  env = {
    ...process.env,
    ...claude,
    QUARTERDECK_CLAUDE_PATH: binary,
    QUARTERDECK_HOME: join(root, 'home'),
    [name]: value,
  };
}, 600_000);

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  for (const pid of processesMarked(marker)) process.kill(pid, 'SIGKILL');
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

/** `quarterdeck send --json`, as a script holds it: lines out, answers in. */
function send(args: string[], text: string) {
  const child = spawn(process.execPath, [cli, 'send', '--json', ...args, text], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  running.push(child);
  const lines: Line[] = [];
  let looks: (() => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as Line);
    for (const look of looks) look();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    lines,
    ended,
    answer: (frame: object) => child.stdin.write(`${JSON.stringify(frame)}\n`),
    /** The n-th line that fits; rejects when the process ends without it. */
    line: (fits: (line: Line) => boolean, nth = 1) =>
      new Promise<Line>((resolve, reject) => {
        const look = () => {
          const found = lines.filter(fits)[nth - 1];
          if (found) resolve(found);
        };
        looks = [...looks, look];
        look();
        void ended.then(() => reject(new Error(`ended without it: ${JSON.stringify(lines.at(-1))}`)));
      }),
  };
}

const ofType = (type: string) => (line: Line) => line.type === type;
const write = (name: string) =>
  `[[tool: Write {"file_path":${JSON.stringify(join(work, name))},"content":"${name}\\n"}]]`;

describe('a conversation with the real Claude Code, held by a script', () => {
  let session = '';

  it('streams, writes what is allowed and not what is denied, and ends with 0', async () => {
    const script = `Hi [[text: one two three four five]] ${write('a.txt')} [[then]] ${write('b.txt')} [[then]] [[text: Done.]]`;
    const turn = send(['--provider', 'claude', '--mode', 'ask', '--cwd', work], script);
    const first = await turn.line(ofType('approval_request'));
    expect(first.diff).toMatchObject({ path: join(work, 'a.txt'), change: 'create', added: 1 });
    expect(existsSync(join(work, 'a.txt'))).toBe(false);
    turn.answer({ type: 'approval_response', approval_id: first.approval_id, decision: 'allow_once' });
    const second = await turn.line(ofType('approval_request'), 2);
    turn.answer({
      type: 'approval_response',
      approval_id: second.approval_id,
      decision: 'deny',
      message: 'Not that one.',
    });
    expect(await turn.ended).toBe(0);
    session = String(first.session_id);
    expect(readFileSync(join(work, 'a.txt'), 'utf8')).toBe('a.txt\n');
    expect(existsSync(join(work, 'b.txt'))).toBe(false);
    // In more than one piece: what the model says in steps arrives in steps.
    expect(turn.lines).toContainEqual(
      expect.objectContaining({ type: 'text_delta', offset: expect.toSatisfy((at: number) => at > 0) }),
    );
    const seqs = turn.lines.flatMap((line) => (typeof line.seq === 'number' ? [line.seq] : []));
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  });

  it('stops a long command with everything it started, and ends with 3', async () => {
    const command = 'setsid perl -e "\\$SIG{TERM}=q(IGNORE); sleep 300" & perl -e "sleep 300"';
    const turn = send(
      ['--session', session],
      `[[tool: Bash ${JSON.stringify({ command, description: 'Wait' })}]] [[then]] [[text: Over.]]`,
    );
    const request = await turn.line(ofType('approval_request'));
    turn.answer({ type: 'approval_response', approval_id: request.approval_id, decision: 'allow_once' });
    await expect.poll(() => processesMarked(marker).length, { timeout: 20_000 }).toBeGreaterThan(3);
    turn.answer({ type: 'abort' });
    expect(await turn.ended).toBe(3);
    expect(turn.lines.at(-1)).toMatchObject({ type: 'turn_end', status: 'aborted' });
    expect(await waitGone(processesMarked(marker))).toEqual([]);
  });

  it('killed in the middle of a turn, keeps what was said, and the next message resumes the same CLI session', async () => {
    const turn = send(['--session', session], 'Tell me [[part: Once upon a time]] [[stall]]');
    await turn.line((line) => line.type === 'text_delta' && String(line.text).includes('time'));
    // Later than the checkpoint, which is at most 100 ms behind.
    await new Promise((resolve) => setTimeout(resolve, 300));
    turn.child.kill('SIGKILL');
    await turn.ended;
    const before = server.requests.length;
    const next = send(['--session', session], 'Go on [[text: and they lived.]]');
    expect(await next.ended).toBe(0);
    const shown = spawn(process.execPath, [cli, 'show', session, '--json'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const events: Line[] = [];
    createInterface({ input: shown.stdout }).on('line', (line) => events.push(JSON.parse(line) as Line));
    await once(shown, 'close');
    const all = events.flatMap((line) => (Array.isArray(line.events) ? (line.events as Line[]) : [line]));
    expect(all).toContainEqual(expect.objectContaining({ type: 'text', text: 'Once upon a time', partial: true }));
    expect(all).toContainEqual(expect.objectContaining({ type: 'turn_end', status: 'interrupted' }));
    const cliSessions = new Set(all.filter(ofType('provider_session')).map((line) => line.provider_session_id));
    expect(cliSessions.size).toBe(1);
    const resumed = server.requests.slice(before).map((request) => JSON.stringify(request.body));
    expect(resumed.some((body) => body.includes('one two three four five') && body.includes('Go on'))).toBe(true);
    expect(await waitGone(processesMarked(marker))).toEqual([]);
  });
});
