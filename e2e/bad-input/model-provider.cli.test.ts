import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { beforeAll, describe, expect } from 'vitest';
import { type ModelServer, startModelServer } from '../model-server/server.ts';
import { claudeTestEnv } from '../tools/claude-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';
import { it, openSession, type Stage, talk } from './app-test-support.ts';

/** The real Claude Code; only the model behind it is scripted. */
let binary: string;
beforeAll(async () => {
  binary = await ensureCli('claude');
}, 600_000);

async function begin(stage: Stage, more: Record<string, string | undefined> = {}, url?: string) {
  const server: ModelServer = await startModelServer({ deltaMs: 1 });
  stage.onEnd(() => server.close());
  const env = {
    ...claudeTestEnv({ modelUrl: url ?? server.url, configDir: stage.folder('claude'), maxRetries: 1 }),
    QUARTERDECK_CLAUDE_PATH: binary,
    ...more,
  };
  const home = stage.folder('home');
  const app = await stage.serve({ home, env });
  const client = await app.connect();
  return { home, env, server, app, client, session_id: await openSession(client, stage.folder()) };
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const problemOf = (end: { [field: string]: unknown }) => {
  expect(end.status).toBe('failed');
  const problem = end.problem as { code: string; message: string; impact: string; next: string; detail?: string };
  for (const words of [problem.message, problem.impact, problem.next]) expect(words).toMatch(/\w/);
  return problem;
};

describe.concurrent('the real Claude Code', () => {
  it('that is not signed in: says how to sign in, to the script as well', async ({ stage }) => {
    const { home, env, client, session_id } = await begin(stage, { ANTHROPIC_API_KEY: undefined });
    const problem = problemOf(await talk(client, session_id, 'Hello?'));
    expect(problem).toMatchObject({
      code: 'provider_not_signed_in',
      next: expect.stringContaining('claude auth login'),
    });
    const { result } = await client.ask({ type: 'list_providers', refresh: true });
    expect(result.providers).toContainEqual(
      expect.objectContaining({
        id: 'claude',
        state: 'not_signed_in',
        problem: expect.objectContaining({ command: 'claude auth login' }),
      }),
    );
    const sent = await stage.quarterdeck(['send', '--session', session_id, 'Hello again?'], { home, env });
    expect(sent.code).toBe(5);
    expect(sent.stderr).toContain('claude auth login');
    const said = client.events.filter((event) => event.type === 'user_message').map((event) => event.text);
    expect(said).toEqual(['Hello?', 'Hello again?']);
  });

  const failures: [name: string, prompt: string, code: string, message: string, next: RegExp][] = [
    ['refuses the key (401)', '[[error: 401]]', 'provider_not_signed_in', 'not accepted', /claude auth login/],
    ['limits the rate (429)', '[[error: 429]]', 'provider_rate_limited', 'limits the rate', /Wait/],
    ['has a defect (500)', '[[error: 500]]', 'provider_failed', '500', /again/],
    [
      'does not know the model (404)',
      '[[error: 404 {"message":"model: x"}]]',
      'provider_failed',
      'model',
      /another model/,
    ],
  ];
  it.for(failures)(
    'whose model provider %s: says so, and goes on when that is over',
    async ([_name, prompt, code, message, next], { stage }) => {
      const { client, session_id } = await begin(stage);
      expect(await talk(client, session_id, '[[text: First.]]')).toMatchObject({ status: 'completed' });
      const problem = problemOf(await talk(client, session_id, prompt));
      expect(problem).toMatchObject({ code, message: expect.stringContaining(message) });
      expect(problem.next).toMatch(next);
      expect(await talk(client, session_id, '[[text: Better now.]]')).toMatchObject({ status: 'completed' });
      const texts = client.events.filter((event) => event.type === 'text').map((event) => event.text);
      expect(texts.at(-1)).toBe('Better now.');
      expect(texts[0]).toBe('First.');
      expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
    },
  );

  it('that cannot reach its model provider: says so, and goes on when it can', async ({ stage }) => {
    const port = await unusedPort();
    const { client, session_id } = await begin(stage, {}, `http://127.0.0.1:${port}`);
    const problem = problemOf(await talk(client, session_id, 'Hello?'));
    expect(problem).toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining('could not be reached'),
    });
    expect(problem.next).toContain('network');
    const late = await startModelServer({ deltaMs: 1, port });
    stage.onEnd(() => late.close());
    expect(await talk(client, session_id, '[[text: There you are.]]')).toMatchObject({ status: 'completed' });
  });
});
