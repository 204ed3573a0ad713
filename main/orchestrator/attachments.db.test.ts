import { afterEach, describe, expect, it } from 'vitest';
import type { Attachment } from '../protocol/values.ts';
import { settle, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const picture: Attachment = {
  attachment_id: 'a'.repeat(64),
  name: 'boat.png',
  media_type: 'image/png',
  bytes: 12,
};

describe('files with a message', () => {
  it('reach the agent as files, and stand in the session', async () => {
    world = new World();
    world.attachmentsHere.add(picture.attachment_id);
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'what is this?', attachments: [picture] });
    await settle();
    expect(world.provider.heard).toEqual([
      {
        type: 'prompt',
        text: 'what is this?',
        attachments: [{ ...picture, path: `/files/${picture.attachment_id}/boat.png` }],
      },
    ]);
    expect(client.events().find((event) => event.type === 'user_message')).toMatchObject({ attachments: [picture] });
  });

  it('are not taken when their bytes are not here', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const answer = await client.ask({ type: 'message', session_id, text: 'this', attachments: [picture] });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'not_found', message: expect.stringContaining('boat.png') },
    });
    expect(world.provider.heard).toEqual([]);
  });

  it('wait in the queue with it, over a restart', async () => {
    world = new World();
    world.attachmentsHere.add(picture.attachment_id);
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'first' });
    const { queue_id } = await client.result({ type: 'message', session_id, text: 'look', attachments: [picture] });
    world.crash();
    world.start();
    await world.connect().result({ type: 'queue_send_now', session_id, queue_id });
    expect(world.provider.heard).toMatchObject([{ type: 'prompt', attachments: [{ name: 'boat.png' }] }]);
  });

  it('are steered into a running turn, and wait again when that fails', async () => {
    world = new World({ steer: true });
    world.attachmentsHere.add(picture.attachment_id);
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'first' });
    const { queue_id } = await client.result({ type: 'message', session_id, text: 'look', attachments: [picture] });
    await client.result({ type: 'queue_send_now', session_id, queue_id });
    expect(world.provider.heard.at(-1)).toMatchObject({ type: 'steer', attachments: [{ name: 'boat.png' }] });
    const second = await client.result({ type: 'message', session_id, text: 'again', attachments: [picture] });
    Object.assign(world.provider.capabilities, { steer: true });
    world.attachmentsHere.clear();
    await client.result({ type: 'queue_send_now', session_id, queue_id: second.queue_id });
    expect(world.orchestrator.summaries()[0]?.queue).toMatchObject([{ text: 'again' }]);
  });

  it('that are gone from disk fail the turn in words, and nothing is run', async () => {
    world = new World();
    world.attachmentsHere.add(picture.attachment_id);
    const { client, session_id } = await world.session();
    world.attachments.path = () => null;
    await client.result({ type: 'message', session_id, text: 'look', attachments: [picture] });
    await settle();
    expect(world.provider.heard).toEqual([]);
    expect(client.events().at(-1)).toMatchObject({
      type: 'turn_end',
      status: 'failed',
      problem: { code: 'not_found' },
    });
  });
});

describe('what a CLI offers beside our own answers', () => {
  it('is passed on, chosen, and leaves no rule of ours', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'go' });
    const options = [
      { option_id: 'always', label: 'Always, for git', kind: 'allow_always' as const },
      { option_id: 'never', label: 'Never', kind: 'reject_always' as const },
      { option_id: 'once', label: 'This time', kind: 'allow_once' as const },
    ];
    world.provider.say(
      { type: 'tool_start', tool_call_id: 't', tool: 'Bash', kind: 'execute', title: 'git', input: {} },
      {
        type: 'approval_request',
        ref: 'r',
        tool_call_id: 't',
        tool: 'Bash',
        kind: 'execute',
        title: 'git',
        input: {},
        rule: null,
        options,
      },
    );
    await settle();
    const approval_id = world.orchestrator.summaries()[0]!.pending_approvals[0];
    const respond = { type: 'approval_response', session_id, approval_id };
    const refusals = [
      await client.ask({ ...respond, decision: 'allow_always', option_id: 'other' }),
      await client.ask({ ...respond, decision: 'allow_once', option_id: 'never' }),
      await client.ask({ ...respond, decision: 'allow_once', option_id: 'always' }),
      await client.ask({ ...respond, decision: 'allow_always', option_id: 'once' }),
      await client.ask({ ...respond, decision: 'allow_always' }),
    ];
    expect(refusals.map((one) => one.ok)).toEqual([false, false, false, false, false]);
    await client.result({ ...respond, decision: 'allow_always', option_id: 'always' });
    await settle();
    expect(world.provider.heard.at(-1)).toMatchObject({
      type: 'answer',
      ref: 'r',
      answer: { decision: 'allow_always', option_id: 'always' },
    });
    expect(client.types()).not.toContain('rule_added');
  });

  it('is told of the plan only when it changes, and of room made in the context', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'go' });
    const limits = [{ id: 'five_hour', label: '5 hours', state: 'ok' as const, used_percent: 12 }];
    world.provider.say({ type: 'plan_limits', limits }, { type: 'plan_limits', limits: structuredClone(limits) });
    world.provider.say({ type: 'plan_limits', limits: [{ ...limits[0]!, used_percent: 13 }] });
    world.provider.say({ type: 'compaction', trigger: 'auto', tokens_before: 100, tokens_after: 10 });
    await settle();
    expect(client.types().filter((type) => type === 'plan_limits')).toHaveLength(2);
    expect(client.events().at(-1)).toMatchObject({ type: 'compacted', tokens_before: 100, tokens_after: 10 });
  });
});

describe('a change of several files', () => {
  const diff = (path: string) => ({ path, change: 'update' as const, added: 1, removed: 0, hunks: [] });
  const ask = (number: number, paths: string[]) => {
    const tool_call_id = `t${number}`;
    const call = { tool: 'patch', kind: 'edit' as const, title: 'change', input: { number } };
    world.provider.say({ type: 'tool_start', tool_call_id, ...call });
    world.provider.say({
      type: 'approval_request',
      ref: tool_call_id,
      tool_call_id,
      ...call,
      path: '/project/a',
      diffs: paths.map(diff),
      rule: { tool: 'patch', match: 'folder', pattern: '/project', label: 'edits here' },
    });
    return world.orchestrator.summaries()[0]!.pending_approvals;
  };

  it('is accepted without asking only when all of them lie in the folder', async () => {
    world = new World({ capabilities: { modes: ['ask', 'accept-edits'] } });
    const { client, session_id } = await world.session({ mode: 'accept-edits' });
    await client.result({ type: 'message', session_id, text: 'go' });
    expect(ask(1, ['/project/a', '/project/b'])).toEqual([]);
    expect(ask(2, ['/project/a', '/etc/passwd'])).toHaveLength(1);
  });

  it('is covered by a rule for a folder only when all of them lie in it', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'go' });
    const [approval_id] = ask(1, ['/project/a']);
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_session' });
    expect(ask(2, ['/project/a', '/project/b'])).toEqual([]);
    expect(ask(3, ['/project/a', '/project-2/b'])).toHaveLength(1);
  });

  it('that is too long to be shown says how many files are not, and waits for a person, who can allow it once', async () => {
    world = new World({ capabilities: { modes: ['ask', 'accept-edits'] } });
    const { client, session_id } = await world.session({ mode: 'accept-edits' });
    await client.result({ type: 'message', session_id, text: 'go' });
    const paths = Array.from({ length: 203 }, (_, n) => `/project/${n}`);
    expect(ask(1, paths.slice(0, 200))).toEqual([]);
    const [approval_id] = ask(2, paths);
    await settle();
    expect(client.events().at(-1)).toMatchObject({
      type: 'approval_request',
      title: 'change (and 3 more files that are not shown)',
      rule: null,
    });
    const respond = { type: 'approval_response', session_id, approval_id };
    expect(await client.ask({ ...respond, decision: 'allow_session' })).toMatchObject({ ok: false });
    expect(await client.ask({ ...respond, decision: 'allow_once' })).toMatchObject({ ok: true });
  });

  it('is not covered by a rule when a file lies elsewhere that is not shown', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'go' });
    const [first] = ask(1, ['/project/a']);
    await client.result({ type: 'approval_response', session_id, approval_id: first, decision: 'allow_session' });
    const paths = Array.from({ length: 200 }, (_, n) => `/project/${n}`);
    expect(ask(2, paths)).toEqual([]);
    expect(ask(3, [...paths, '/etc/passwd'])).toHaveLength(1);
  });
});

describe('an answer that was to hold for the session', () => {
  it('can be taken back: then the agent asks again', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'go' });
    const rule = { tool: 'Bash', match: 'exact' as const, pattern: 'ls', label: 'ls' };
    const request = (n: number) => {
      const tool_call_id = `t${n}`;
      const call = { tool: 'Bash', kind: 'execute' as const, title: 'ls', input: {} };
      world.provider.say({ type: 'tool_start', tool_call_id, ...call });
      world.provider.say({ type: 'approval_request', ref: `r${n}`, tool_call_id, ...call, command: 'ls', rule });
    };
    const waits = () => world.orchestrator.summaries()[0]!.pending_approvals;
    request(1);
    await client.result({
      type: 'approval_response',
      session_id,
      approval_id: waits()[0],
      decision: 'allow_session',
    });
    request(2);
    expect(waits()).toEqual([]);
    await settle();
    const added = client.events().find((event) => event.type === 'rule_added');
    const rule_id = added?.type === 'rule_added' ? added.rule_id : '';
    await client.result({ type: 'remove_session_rule', session_id, rule_id });
    request(3);
    expect(waits()).toHaveLength(1);
    const again = await client.ask({ type: 'remove_session_rule', session_id, rule_id });
    expect(again).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('whether a turn runs', () => {
  it('is told to whoever follows the session: at once, and at every change', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const { turn_id } = await client.result({ type: 'message', session_id, text: 'go' });
    await settle();
    const late = world.connect();
    await late.result({ type: 'attach', session_id, after_seq: 0 });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await settle();
    const told = (one: typeof client) => one.frames.filter((frame) => frame.type === 'goal_status');
    expect(told(client)).toMatchObject([{ status: 'idle' }, { status: 'running', turn_id }, { status: 'idle' }]);
    expect(told(late)).toMatchObject([{ status: 'running', started_at: world.clock.now() }, { status: 'idle' }]);
  });
});
