import { afterEach, beforeEach, expect, it } from 'vitest';
import { createNotices } from './desktop/notices.ts';
import { createTestScreen } from './desktop/notices-test-support.ts';
import { askOnce } from './gateway/hall-client.ts';
import type { QueryHandlers } from './orchestrator/ports.ts';
import { owner, settle, World } from './orchestrator/world-test-support.ts';
import { noticeWords } from './protocol/notice-words.ts';
import { defaultNotices } from './protocol/notices.ts';
import type { ApprovalRecord } from './protocol/views.ts';
import { createListQueries } from './session-lists.ts';

/** Notifications over the real core: what is pressed in them is an answer like any other. */

let world: World;
let lists: ReturnType<typeof createListQueries>;
let shown: ReturnType<typeof createTestScreen>['shown'];
beforeEach(() => {
  const approvals_list: QueryHandlers['approvals_list'] = (query, principal) => lists.approvals_list(query, principal);
  world = new World({ queries: { approvals_list } });
  lists = createListQueries({ orchestrator: world.orchestrator, store: world.store });
  const screen = createTestScreen();
  shown = screen.shown;
  const notices = createNotices([], {
    system: screen.system,
    ...{ clock: world.clock, settings: () => defaultNotices, words: () => noticeWords.en, redact: (text) => text },
    ...{ sight: () => ({ focused: false, session_id: null, inbox: false }), locked: () => false, open: () => {} },
    async request(approval_id) {
      const answer = await askOnce(world.hall, owner, { type: 'approvals_list', approval_id, limit: 1 });
      return (answer as { approvals: ApprovalRecord[] }).approvals[0] ?? null;
    },
    answer: async ({ session_id, approval_id }, decision) =>
      (await askOnce(world.hall, owner, { type: 'approval_response', session_id, approval_id, decision })) !== null,
  });
  world.bus.summary.on(notices.changed);
});
afterEach(() => world.close());

async function asked(command: string) {
  const client = world.connect();
  const { session_id } = await client.result({
    ...{ type: 'chat_request', cwd: '/project', provider: 'scripted', text: 'do it' },
  });
  const call = { tool_call_id: 'c1', tool: 'Bash', kind: 'execute' as const, title: command, input: { command } };
  const rule = { tool: 'Bash', match: 'exact' as const, pattern: command, label: command };
  world.provider.say({ type: 'tool_start', ...call }, { type: 'approval_request', ref: 'r1', ...call, command, rule });
  for (let turn = 0; turn < 20 && shown.length === 0; turn += 1) await settle();
  return { client, session_id: session_id! };
}
const answers = () => world.provider.heard.filter((one) => one.type === 'answer');

it('a plain command that is allowed in its notification runs once, and the record says who allowed it where', async () => {
  const { session_id } = await asked('npm test');
  expect(shown).toMatchObject([{ body: expect.stringContaining('“npm test”'), up: true }]);
  world.clock.advance(500);
  const [allow] = shown[0]!.actions;
  allow?.does();
  allow?.does();
  for (let turn = 0; turn < 20; turn += 1) await settle();
  expect(answers()).toMatchObject([{ ref: 'r1', answer: { decision: 'allow_once' } }]);
  expect(shown[0]?.up).toBe(false);
  const log = world.store.read(session_id as never, 0, 100).map(({ body }) => JSON.parse(body));
  expect(log.find((event) => event.type === 'approval_resolved')).toMatchObject({
    ...{ decision: 'allow_once', by: { kind: 'owner', via: 'window' } },
  });
});

it('one that another device answers first is withdrawn, and its buttons change nothing', async () => {
  const { client, session_id } = await asked('npm test');
  const [approval_id] = world.orchestrator.summaries()[0]!.pending_approvals;
  world.clock.advance(500);
  await client.result({ type: 'approval_response', session_id, approval_id, decision: 'deny' });
  await settle();
  expect(shown[0]?.up).toBe(false);
  shown[0]?.actions[0]?.does();
  for (let turn = 0; turn < 20; turn += 1) await settle();
  expect(answers()).toMatchObject([{ answer: { decision: 'deny' } }]);
});
