import { describe, expect, it } from 'vitest';
import { brokenLaws } from '../laws.ts';
import { completed, conversation, type Row, says } from './replay-test-support.ts';
import { again, message, stage, usage } from './stage-test-support.ts';

describe('what a prompt asks for', () => {
  const image = { attachment_id: 'a'.repeat(64), name: 'shot.png', media_type: 'image/png', bytes: 9, path: '/kept/a' };
  const file = {
    attachment_id: 'b'.repeat(64),
    name: 'notes.txt',
    media_type: 'text/plain',
    bytes: 9,
    path: '/kept/b',
  };

  it('has images in it, and other files by their path', async () => {
    const { run, sent } = stage([conversation(message('m', 'Hi.'), completed())]);
    run.prompts += 1;
    run.session.prompt({ turn_id: 'turn_000000001' as never, text: 'See', attachments: [image, file] });
    await run.next('turn_end');
    expect(sent('turn/start')[0]?.input).toEqual([
      { type: 'text', text: 'See\n\nAttached file "notes.txt": /kept/b' },
      { type: 'localImage', path: '/kept/a' },
    ]);
  });

  it('has the chosen model and effort, and what is usual again when none is chosen', async () => {
    const models = [
      {
        model: 'gpt-5.5',
        displayName: 'GPT',
        supportedReasoningEfforts: [{ reasoningEffort: 'low' }, { reasoningEffort: 'high' }],
        defaultReasoningEffort: 'low',
      },
    ];
    const rows = conversation(completed(), ...again(10), ...again(11));
    rows.splice(
      2,
      0,
      { dir: 'in', msg: { id: 90, method: 'model/list' } },
      { dir: 'out', msg: { id: 90, result: { data: models } } },
    );
    const { run, sent } = stage([rows]);
    await run.turn('one');
    run.session.setModel('gpt-x');
    run.session.setEffort('high');
    await run.turn('two');
    run.session.setModel(null);
    run.session.setEffort(null);
    await run.turn('three');
    expect(sent('turn/start').map(({ model, effort }) => [model, effort])).toEqual([
      ['gpt-5.5', undefined],
      ['gpt-x', 'high'],
      ['gpt-5.5', 'low'],
    ]);
  });

  it('is carried out when it is a command of the CLI: /compact and /review, with the mode of now', async () => {
    const rows = conversation(
      completed(),
      { dir: 'in', msg: { id: 20, method: 'thread/compact/start' } },
      { dir: 'out', msg: { id: 20, result: {} } },
      says('turn/started', { turn: { id: 'c' } }),
      says('thread/tokenUsage/updated', { turnId: 'c', tokenUsage: usage(900) }),
      says('item/started', { turnId: 'c', item: { type: 'contextCompaction', id: 'i' } }),
      says('thread/tokenUsage/updated', { turnId: 'c', tokenUsage: usage(120) }),
      says('item/completed', { turnId: 'c', item: { type: 'contextCompaction', id: 'i' } }),
      says('turn/completed', { turnId: 'c', turn: { id: 'c', status: 'completed' } }),
      { dir: 'in', msg: { id: 21, method: 'review/start' } },
      { dir: 'out', msg: { id: 21, result: { turn: { id: 'r' } } } },
      says('turn/started', { turnId: 'r', turn: { id: 'inner', rootTurnId: 'r' } }),
      says('item/completed', { turnId: 'r', item: { type: 'agentMessage', id: 'm', text: 'Looks good.' } }),
      says('turn/completed', { turnId: 'r', turn: { id: 'r', status: 'completed' } }),
    );
    const { run, sent } = stage([rows]);
    await run.turn('Go');
    await run.turn('/compact');
    expect(run.of('compaction')).toEqual([
      { type: 'compaction', trigger: 'manual', tokens_before: 900, tokens_after: 120 },
    ]);
    run.session.setMode('full');
    await run.turn('/review the parser');
    expect(run.of('text').map((text) => text.text)).toEqual(['Looks good.']);
    expect(sent('review/start')[0]?.target).toEqual({ type: 'custom', instructions: 'the parser' });
    expect(sent('thread/settings/update').map(({ approvalPolicy }) => approvalPolicy)).toEqual(['untrusted', 'never']);
    expect(sent('turn/start')).toHaveLength(1);
    expect(brokenLaws(run.events, 3)).toEqual([]);
  });

  it('names a skill by a slash; another word with a slash is a prompt', async () => {
    const rows = conversation(completed(), ...again(30));
    rows.splice(
      4,
      0,
      { dir: 'in', msg: { id: 91, method: 'skills/list' } },
      { dir: 'out', msg: { id: 91, result: { data: [{ skills: [{ name: 'draw', path: '/s/SKILL.md' }] }] } } },
    );
    const { run, sent } = stage([rows]);
    await run.next('commands');
    expect(run.of('commands')[0]?.commands.map(({ name }) => name)).toEqual(['compact', 'review', 'draw']);
    await run.turn('/draw a cat');
    await run.turn('/etc/hosts is broken');
    expect(sent('turn/start').map(({ input }) => input)).toEqual([
      [
        { type: 'text', text: '$draw a cat' },
        { type: 'skill', name: 'draw', path: '/s/SKILL.md' },
      ],
      [{ type: 'text', text: '/etc/hosts is broken' }],
    ]);
  });

  it('takes tool servers of the app into the thread, over stdin only', async () => {
    const server = { name: 'quarterdeck', url: 'http://127.0.0.1:1/mcp', headers: { Authorization: 'Bearer tok-1' } };
    const { cli, run, sent } = stage([conversation(completed())], { mcp_servers: [server] });
    await run.turn('Go');
    expect(sent('thread/start')[0]?.config).toMatchObject({
      'mcp_servers.quarterdeck': {
        url: server.url,
        http_headers: server.headers,
        default_tools_approval_mode: 'approve',
      },
    });
    expect(JSON.stringify(cli.launches)).not.toContain('tok-1');
    expect(JSON.stringify(run.events)).not.toContain('tok-1');
  });
});

describe('a goal', () => {
  it('is given to Codex paused, before the turn; what becomes of it is told, its own turns are not started', async () => {
    const rows = conversation(
      says('thread/goal/updated', { turnId: null, goal: { objective: 'Paint', status: 'paused' } }),
      says('thread/goal/updated', { goal: { objective: 'Paint', status: 'complete' } }),
      completed(),
    );
    const { cli, run, sent } = stage([rows]);
    run.session.setGoal?.('Paint');
    await run.turn('Go');
    const goal = { threadId: 't', objective: 'Paint', status: 'paused', origin: 'automatic' };
    expect(sent('thread/goal/set')).toEqual([goal]);
    const order = cli.heard.map((line) => line.method).filter((method) => /goal|turn/.test(String(method)));
    expect(order).toEqual(['thread/goal/set', 'turn/start']);
    expect(run.of('goal')).toEqual([{ type: 'goal', status: 'complete' }]);
    run.session.setGoal?.('Paint');
    run.session.setGoal?.(null);
    expect(sent('thread/goal/clear')).toEqual([{ threadId: 't', origin: 'automatic' }]);
    expect(run.of('notice')).toEqual([]);
  });

  it('that Codex set itself is paused, and told', async () => {
    const rows = conversation(
      says('thread/goal/updated', { goal: { objective: 'Mine', status: 'active' } }),
      completed(),
    );
    const { run, sent } = stage([rows]);
    await run.turn('Go');
    expect(sent('thread/goal/set')).toEqual([{ threadId: 't', status: 'paused', origin: 'automatic' }]);
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['goal_paused']);
    expect(run.of('goal')).toEqual([]);
  });
});

describe('limits of the plan', () => {
  it('are told when they change, to every conversation in which a turn runs', async () => {
    const limits = (usedPercent: number): Row => ({
      dir: 'out',
      msg: {
        method: 'account/rateLimits/updated',
        params: {
          rateLimits: {
            limitId: 'codex',
            primary: { usedPercent, windowDurationMins: 299, resetsAt: 1_795_189_999 },
            secondary: null,
          },
        },
      },
    });
    const { run } = stage([conversation(limits(85), limits(85), limits(100), completed())]);
    await run.turn('Go');
    const limit = { id: 'primary', label: '5 hours', resets_at: 1_795_189_999_000 };
    expect(run.of('plan_limits').map((event) => event.limits)).toEqual([
      [{ ...limit, state: 'warning', used_percent: 85 }],
      [{ ...limit, state: 'reached', used_percent: 100 }],
    ]);
  });

  it('are asked for once at the start, where there is a plan', async () => {
    const limits = { limitId: 'codex', primary: { usedPercent: 12, windowDurationMins: 10_080, resetsAt: null } };
    const rows = conversation(completed());
    rows.splice(
      2,
      0,
      { dir: 'in', msg: { id: 92, method: 'account/read' } },
      {
        dir: 'out',
        msg: { id: 92, result: { account: { type: 'chatgpt', email: 'me@example.org', planType: 'plus' } } },
      },
      { dir: 'in', msg: { id: 93, method: 'account/rateLimits/read' } },
      { dir: 'out', msg: { id: 93, result: { rateLimits: limits } } },
    );
    const { provider, run } = stage([rows]);
    let changed = 0;
    provider.changed.on(() => changed++);
    await run.turn('Go');
    expect(run.of('plan_limits')).toEqual([
      { type: 'plan_limits', limits: [{ id: 'primary', label: '1 week', state: 'ok', used_percent: 12 }] },
    ]);
    expect(changed).toBe(1);
    expect(JSON.stringify(run.events)).not.toContain('example.org');
  });
});
