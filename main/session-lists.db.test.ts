import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEntropy } from './entropy.ts';
import type { Principal, QueryHandlers } from './orchestrator/ports.ts';
import { settle, type TestClient, World } from './orchestrator/world-test-support.ts';
import { limits } from './protocol/limits.ts';
import type { ApprovalRecord, SessionSummary } from './protocol/views.ts';
import { createRuleQueries } from './rule-queries.ts';
import { createListQueries } from './session-lists.ts';

let world: World;
let lists: Pick<QueryHandlers, 'history' | 'sessions_page' | 'approvals_list'>;
let rules: ReturnType<typeof createRuleQueries>;
beforeEach(() => {
  world = new World();
  open();
});
afterEach(() => world.close());

function open(): void {
  lists = createListQueries({ orchestrator: world.orchestrator, store: world.store });
  rules = createRuleQueries({
    orchestrator: world.orchestrator,
    rules: world.rules,
    folders: { inspect: async (path) => ({ ok: true, path }) },
    clock: world.clock,
    entropy: createEntropy(() => world.clock.now()),
  });
}

const phone: Principal = {
  actor: { kind: 'device', id: 'dev-1', name: 'Pixel 9', via: 'sealed' },
  scopes: new Set(['approvals:read', 'approvals:write', 'sessions:read']),
};
const narrowed: Principal = { ...phone, restrictions: { workspaces: ['/project/a'] } };

async function chat(client: TestClient, fields: Record<string, unknown>): Promise<string> {
  world.clock.advance(10);
  const frame = { type: 'chat_request', cwd: '/project', provider: 'scripted', text: 'hello', ...fields };
  const { session_id } = await client.result(frame);
  world.provider.say({ type: 'turn_end', status: 'completed' });
  await settle();
  return session_id!;
}

const ask = (command: string) => ({
  tool_call_id: `call-${command}`,
  tool: 'Bash',
  kind: 'execute' as const,
  title: command,
  input: { command },
});

/** A session in which the agent asks for this. */
async function asking(command: string, cwd = '/project'): Promise<{ client: TestClient; session_id: string }> {
  world.clock.advance(10);
  const client = world.connect();
  const { session_id } = await client.result({ type: 'chat_request', cwd, provider: 'scripted', text: 'do it' });
  const rule = { tool: 'Bash', match: 'exact' as const, pattern: command, label: command };
  world.provider.say(
    { type: 'tool_start', ...ask(command) },
    { type: 'approval_request', ref: `ref-${command}`, ...ask(command), command, rule },
  );
  await settle();
  return { client, session_id: session_id! };
}

const approvals = async (query: Record<string, unknown> = {}, principal = phone) =>
  (await lists.approvals_list({ limit: 50, ...query } as never, principal)) as {
    approvals: ApprovalRecord[];
    next: string | null;
  };

describe('the history of a session', () => {
  it('is read backwards in pages that leave nothing out and repeat nothing', async () => {
    const client = world.connect();
    const session_id = await chat(client, {});
    for (let at = 0; at < 30; at += 1) await client.result({ type: 'rename_session', session_id, title: `t${at}` });
    const all = world.store.read(session_id as never, 0, 1000).map((one) => JSON.parse(one.body).seq);
    const read: number[] = [];
    let before: number | undefined;
    do {
      const query = { session_id, before_seq: before, limit: 7 };
      const page = (await lists.history(query as never, phone)) as {
        events: { seq: number }[];
        seq: number;
        next: number | null;
      };
      expect(page.seq).toBe(all.length);
      expect(page.events.length).toBeLessThanOrEqual(7);
      read.unshift(...page.events.map((one) => one.seq));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(read).toEqual(all);
  });

  it('is cut where a page would be too large, but never before its first event', async () => {
    const client = world.connect();
    const { session_id } = await client.result({
      type: 'chat_request',
      cwd: '/p',
      provider: 'scripted',
      text: 'hello',
    });
    const long = 'x'.repeat(limits.historyChars);
    world.provider.say({ type: 'text', item_id: 'a', text: long }, { type: 'text', item_id: 'b', text: long });
    await settle();
    const page = (await lists.history({ session_id, limit: 100 } as never, phone)) as {
      events: object[];
      next: number;
    };
    expect(page.events).toHaveLength(1);
    expect(page.events[0]).toMatchObject({ item_id: 'b' });
    expect(page.next).toBe(5);
  });
});

describe('the list of sessions', () => {
  const pages = async (query: Record<string, unknown>, principal = phone) => {
    const found: SessionSummary[] = [];
    let cursor: string | undefined;
    let total = 0;
    do {
      const page = (await lists.sessions_page({ limit: 2, cursor, ...query } as never, principal)) as {
        sessions: SessionSummary[];
        next: string | null;
        total: number;
      };
      found.push(...page.sessions);
      total = page.total;
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(total).toBe(found.length);
    return found.map((one) => one.title);
  };

  it('comes in pages, newest first, and can be narrowed by words, folder, agent, status and archive', async () => {
    const client = world.connect();
    await chat(client, { title: 'Alpha boat', cwd: '/project/a' });
    await chat(client, { title: 'Beta', cwd: '/project/a/deep', text: 'about the BOAT' });
    const gamma = await chat(client, { title: 'Gamma', cwd: '/project/ab' });
    world.clock.advance(10);
    await client.result({ type: 'archive_session', session_id: gamma, archived: true });
    expect(await pages({})).toEqual(['Gamma', 'Beta', 'Alpha boat']);
    expect(await pages({ text: 'boat' })).toEqual(['Beta', 'Alpha boat']);
    expect(await pages({ text: 'boat alpha' })).toEqual(['Alpha boat']);
    expect(await pages({ folder: '/project/a' })).toEqual(['Beta', 'Alpha boat']);
    expect(await pages({ archived: false })).toEqual(['Beta', 'Alpha boat']);
    expect(await pages({ archived: true })).toEqual(['Gamma']);
    expect(await pages({ provider: 'other' })).toEqual([]);
    expect(await pages({ status: ['running', 'waiting'] })).toEqual([]);
    expect(await pages({}, narrowed)).toEqual(['Beta', 'Alpha boat']);
    expect(await lists.sessions_page({ limit: 2, cursor: 'nonsense' } as never, phone)).toMatchObject({
      refused: true,
    });
  });
});

describe('the list of approvals', () => {
  it('tells across sessions what waits and what was answered: by whom, from where, when, and for which bytes', async () => {
    const one = await asking('make a', '/project/a');
    const two = await asking('make b');
    expect((await approvals({ status: 'pending' })).approvals).toMatchObject([
      { session_id: two.session_id, command: 'make b', cwd: '/project', waits: true, status: 'pending', answer: null },
      { session_id: one.session_id, command: 'make a', cwd: '/project/a', waits: true, session_title: 'do it' },
    ]);
    const [asked] = (await approvals({ session_id: one.session_id })).approvals;
    const device = world.connect(phone);
    world.clock.advance(5000);
    await device.result({
      type: 'approval_response',
      session_id: one.session_id,
      approval_id: asked!.approval_id,
      decision: 'deny',
      message: 'No.',
    });
    const answered = await approvals({ status: 'answered' });
    expect(answered.approvals).toMatchObject([
      {
        approval_id: asked!.approval_id,
        status: 'answered',
        waits: false,
        answer: { decision: 'deny', message: 'No.', by: phone.actor, ts: world.clock.now() },
      },
    ]);
    const digest = createEntropy().sha256('["Bash",{"command":"make a"},"/project/a"]');
    expect(answered.approvals[0]?.digest).toBe(digest);
    expect((await approvals({}, narrowed)).approvals.map((record) => record.session_id)).toEqual([one.session_id]);
  });

  it('comes in pages, also where most of them are not for who asks', async () => {
    for (let at = 0; at < 7; at += 1) await asking(`make ${at}`, at % 3 === 0 ? '/project/a' : '/elsewhere');
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await approvals({ limit: 2, cursor }, narrowed);
      found.push(...page.approvals.map((record) => record.title));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(found).toEqual(['make 6', 'make 3', 'make 0']);
  });

  it('is made once from logs that were there before it', async () => {
    const { client, session_id } = await asking('make a');
    const [record] = (await approvals()).approvals;
    await client.result({
      type: 'approval_response',
      session_id,
      approval_id: record!.approval_id,
      decision: 'allow_session',
    });
    await asking('make b');
    const before = (await approvals()).approvals;
    const ruled = world.rules.ofSessions();
    // As a database of the version before: without the tables that are derived, and with an event that is damaged.
    world.db.exec(
      `DROP TABLE drafts; DROP TABLE approvals; DROP TABLE session_rules; DROP TABLE deleted_sessions; DROP TABLE attachment_uses; DROP TABLE attachments_let_go; ALTER TABLE folder_rules DROP COLUMN expires_at`,
    );
    const damaged = world.db.prepare(
      "UPDATE events SET body = replace(body, '}', '') WHERE seq = 2 AND session_id = ?",
    );
    damaged.run(session_id);
    world.db.pragma('user_version = 110');
    world.crash();
    world.start();
    open();
    expect((await approvals()).approvals.map((one) => one.approval_id)).toEqual(before.map((one) => one.approval_id));
    expect((await approvals({ status: 'answered' })).approvals).toHaveLength(1);
    expect(world.rules.ofSessions()).toEqual(ruled);
  });
});

describe('rules', () => {
  const create = (rule: Record<string, unknown>, more: Record<string, unknown> = {}, principal = phone) =>
    Promise.resolve(rules.rules_create({ cwd: '/project', provider: 'scripted', rule, ...more } as never, principal));

  it('can be made for a folder: they answer, are listed with who made them, run out, and can be taken back', async () => {
    const expires_at = world.clock.now() + 60_000;
    const rule = { tool: 'Bash', match: 'prefix', pattern: 'make ' };
    const made = (await create(rule, { expires_at })) as { rule_id: string };
    // The same again is the same rule.
    expect(await create(rule, { expires_at })).toEqual(made);
    expect(rules.rules_list({} as never, phone)).toMatchObject({
      rules: [{ rule_id: made.rule_id, expires_at, by: phone.actor, rule: { label: '`make ` and what follows it' } }],
    });
    await asking('make a');
    expect((await approvals({ status: 'pending' })).approvals).toEqual([]);
    world.clock.advance(60_000);
    expect(rules.rules_list({} as never, phone)).toMatchObject({ rules: [] });
    await asking('make b');
    expect((await approvals({ status: 'pending' })).approvals).toHaveLength(1);
    const lasting = (await create(rule)) as { rule_id: string };
    expect(rules.rules_delete({ rule_id: lasting.rule_id } as never, phone)).toEqual({});
    expect(world.rules.removeOver(world.clock.now())).toBe(1);
    expect(world.rules.list()).toEqual([]);
  });

  it('of a session are made, listed with the others, and run out', async () => {
    const { client, session_id } = await asking('make a');
    const rule = { tool: 'Bash', match: 'exact', pattern: 'make b' };
    const { rule_id } = await client.result({ type: 'add_session_rule', session_id, rule });
    expect(await client.result({ type: 'add_session_rule', session_id, rule })).toEqual({ rule_id });
    expect(rules.rules_list({} as never, phone)).toMatchObject({ session_rules: [{ rule_id, session_id }] });
    expect(rules.rules_list({} as never, narrowed)).toMatchObject({ session_rules: [] });
    await client.result({ type: 'remove_session_rule', session_id, rule_id });
    expect(rules.rules_list({} as never, phone)).toMatchObject({ session_rules: [] });
  });

  it.each([
    ['everything of a shell', { tool: 'Bash', match: 'any', pattern: '' }],
    ['everything of a command tool of another CLI', { tool: 'run_shell_command', match: 'any', pattern: '' }],
    ['every file of this machine', { tool: 'Edit', match: 'folder', pattern: '/' }],
    ['nothing that is said', { tool: 'Bash', match: 'prefix', pattern: '  ' }],
    ['a folder that is no full path', { tool: 'Edit', match: 'folder', pattern: 'src' }],
  ])('that would cover %s are refused', async (_what, rule) => {
    expect(await create(rule)).toMatchObject({ refused: true, problem: { code: 'invalid_frame' } });
    const { client, session_id } = await asking('make a');
    expect(await client.ask({ type: 'add_session_rule', session_id, rule })).toMatchObject({ ok: false });
  });

  it('that are unlimited are made where somebody says so, and one that is over already never is', async () => {
    const rule = { tool: 'Bash', match: 'any', pattern: '', unlimited: true };
    expect(await create(rule)).toMatchObject({ rule: { match: 'any', label: 'everything by Bash' } });
    expect(await create(rule, { expires_at: world.clock.now() })).toMatchObject({ refused: true });
  });

  it('are not made, seen or taken back beyond the folders a credential is narrowed to', async () => {
    const rule = { tool: 'Bash', match: 'exact', pattern: 'make' };
    expect(await create(rule, {}, narrowed)).toMatchObject({ refused: true, problem: { code: 'not_found' } });
    const { rule_id } = (await create(rule)) as { rule_id: string };
    expect(rules.rules_list({} as never, narrowed)).toMatchObject({ rules: [] });
    expect(rules.rules_delete({ rule_id } as never, narrowed)).toMatchObject({ refused: true });
    expect(await create(rule, { cwd: '/project/a/deep' }, narrowed)).toMatchObject({ cwd: '/project/a/deep' });
  });
});
