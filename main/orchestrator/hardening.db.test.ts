import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from './ports.ts';
import { settle, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const command = (text: string, more: Record<string, unknown> = {}) => ({
  type: 'approval_request' as const,
  ref: `ref ${text} ${JSON.stringify(more)}`,
  tool_call_id: 't1',
  tool: 'Bash',
  kind: 'execute' as const,
  title: text,
  command: text,
  input: { command: text, ...more },
  rule: { tool: 'Bash', match: 'exact' as const, pattern: text, label: text },
});
const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const answered = () => world.provider.heard.filter((one) => one.type === 'answer').length;

describe('what must not happen', () => {
  it('a stop does not hit another turn than the one it was meant for', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const { turn_id } = await client.result({ type: 'message', session_id, text: 'first' });
    await client.result({ type: 'message', session_id, text: 'second' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    const late = await client.ask({ type: 'abort', session_id, turn_id });
    expect(late).toMatchObject({ ok: false, error: { code: 'no_active_turn' } });
    expect(world.provider.heard.some((one) => one.type === 'interrupt')).toBe(false);
    const now = world.orchestrator.summaries()[0]?.turn_id;
    await client.result({ type: 'abort', session_id, turn_id: now });
    expect(world.provider.heard.at(-1)).toEqual({ type: 'interrupt' });
  });

  it('an answer for a command does not cover the same command with another switch', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'test it' });
    world.provider.say(command('npm test'));
    const approval_id = world.orchestrator.summaries()[0]?.pending_approvals[0];
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_session' });
    world.provider.say(command('npm test', { description: 'runs the tests', timeout: 1000 }));
    expect(answered()).toBe(2);
    world.provider.say(command('npm test', { dangerouslyDisableSandbox: true }));
    expect(answered()).toBe(2);
    expect(world.orchestrator.summaries()[0]?.status).toBe('waiting');
  });

  it('a lasting answer given to one agent does not speak for another, and is stored with the answer', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'test it' });
    world.provider.say(command('npm test'));
    const approval_id = world.orchestrator.summaries()[0]?.pending_approvals[0];
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_always' });
    world.crash();
    world.start();
    expect(world.rules.forFolder('/project', 'scripted' as never)).toHaveLength(1);
    expect(world.rules.forFolder('/project', 'claude' as never)).toEqual([]);
    expect(world.rules.forFolder('/other', 'scripted' as never)).toEqual([]);
  });

  it('a key that may not approve cannot speak to an agent that acts without asking', async () => {
    world = new World();
    const { session_id } = await world.session({ mode: 'full' });
    const key: Principal = {
      actor: { kind: 'api_key', id: 'k1', via: 'websocket' },
      scopes: new Set(['chat', 'sessions:read']),
    };
    const client = world.connect(key);
    const refused = await client.ask({ type: 'message', session_id, text: 'rm -rf /' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(world.provider.heard).toEqual([]);
    const strong = world.connect({ ...key, scopes: new Set(['chat', 'approvals:write']) });
    expect(await strong.ask({ type: 'message', session_id, text: 'hello' })).toMatchObject({ ok: true });
  });

  it('accept edits covers edits inside the folder, and neither commands nor edits elsewhere', async () => {
    world = new World();
    const { client, session_id } = await world.session({ mode: 'accept-edits' });
    await client.result({ type: 'message', session_id, text: 'go' });
    const edit = { ...command('x'), tool: 'Write', kind: 'edit' as const, command: undefined, input: {}, rule: null };
    world.provider.say({ ...edit, ref: 'inside', path: '/project/src/a.ts' });
    await settle();
    expect(answered()).toBe(1);
    expect(client.events().at(-1)).toMatchObject({
      type: 'approval_resolved',
      by: { kind: 'mode', name: 'Accept edits' },
    });
    world.provider.say(
      { ...edit, ref: 'outside', path: '/project-two/a.ts' },
      { ...edit, ref: 'nowhere' },
      command('rm -rf src'),
    );
    expect(answered()).toBe(1);
    expect(world.orchestrator.summaries()[0]?.pending_approvals).toHaveLength(3);
  });

  it('a tool input that is nested without end costs its turn at most, never the app', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'go' });
    world.provider.say({
      type: 'tool_start',
      tool_call_id: 't1',
      tool: 'X',
      kind: 'other',
      title: 'x',
      input: deep(5000),
    });
    await settle();
    expect(client.events().at(-1)).toMatchObject({ type: 'tool_activity', input: { truncated: true } });
    world.provider.say({ ...command('x'), input: deep(5000) });
    await settle();
    expect(client.events().at(-1)).toMatchObject({ type: 'turn_end', status: 'failed', problem: { code: 'internal' } });
    expect(await client.ask({ type: 'message', session_id, text: 'again' })).toMatchObject({ ok: true });
    expect(world.store.verify().ok).toBe(true);
  });

  it('a damaged entry does not keep the app from starting, nor the session from being read and used', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'unfinished' });
    world.db.prepare(`UPDATE events SET body = replace(body, '"', char(0)) WHERE seq = 2`).run();
    world.crash();
    world.start();
    const again = world.connect();
    await again.result({ type: 'attach', session_id, after_seq: 0 });
    expect(again.events()[1]).toMatchObject({ seq: 2, type: 'notice', code: 'event_damaged' });
    expect(again.types().at(-1)).toBe('turn_end');
    expect(world.store.verify().sessions[0]).toMatchObject({ ok: false, broken_at: 2 });
    expect(await again.ask({ type: 'message', session_id, text: 'go on' })).toMatchObject({ ok: true });
  });

  it('a disk that cannot be read ends the following with words, not the app', async () => {
    let broken = false;
    world = new World({
      wrapStore: (store) => ({
        ...store,
        read: (...args) => {
          if (broken) throw new Error('disk I/O error');
          return store.read(...args);
        },
      }),
    });
    const { session_id } = await world.session();
    world.crash();
    world.start();
    broken = true;
    const client = world.connect();
    await client.ask({ type: 'attach', session_id, after_seq: 0 });
    await settle();
    expect(client.frames.at(-1)).toMatchObject({ type: 'problem', session_id, problem: { code: 'storage_failed' } });
    expect(await client.ask({ type: 'ping' })).toMatchObject({ ok: true });
  });

  it('a waiting message keeps its author when it is sent', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'first' });
    const phone = world.connect({
      actor: { kind: 'device', id: 'd1', name: 'Phone', via: 'websocket' },
      scopes: new Set(['admin']),
    });
    await phone.result({ type: 'message', session_id, text: 'from the phone' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await settle();
    const said = client.events().filter((event) => event.type === 'user_message');
    expect(said.at(-1)).toMatchObject({ text: 'from the phone', by: { kind: 'device', name: 'Phone' } });
  });
});
