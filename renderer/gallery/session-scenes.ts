import type { Attachment, SlashCommand } from '../../main/protocol/values.ts';
import type { Route } from '../store/route.ts';
import { EventWriter } from './event-writer.ts';
import { claude, codex, codexSignedOut, demo, newFileDiff, retryDiff } from './samples.ts';
import type { Scene } from './scene.ts';
import { answerMarkdown, testOutput } from './texts.ts';

const atlas = '/home/ada/atlas';
const minute = 60_000;
const owner = { kind: 'owner', via: 'window' } as const;
const app = { kind: 'app', via: 'app' } as const;
const providers = [claude, codex, { ...codexSignedOut, id: 'gemini', name: 'Gemini CLI' }, demo];
const at = (writer: EventWriter): Route => ({ name: 'session', sessionId: writer.sessionId });

const attachment = (n: number, name: string, media_type: string, bytes: number): Attachment => ({
  attachment_id: String(n).padStart(64, '0'),
  name,
  media_type,
  bytes,
});
export const picture = attachment(1, 'dashboard.png', 'image/png', 183_400);
const file = attachment(2, 'slow-queries-of-the-whole-week-with-a-very-long-name.csv', 'text/csv', 2_420_000);

export const sampleCommands: SlashCommand[] = [
  { name: 'compact', description: 'Sum up the conversation to make room', hint: '[instructions]' },
  { name: 'context', description: 'Show what fills the context' },
  { name: 'init', description: 'Write a CLAUDE.md for this project' },
  { name: 'review', description: 'Review a pull request', hint: '[number]' },
  {
    name: 'security-review',
    description:
      'Look at the pending changes of this branch for weaknesses that somebody could use against those who run it',
  },
  { name: 'usage', description: 'Show how much of the plan is used' },
];

const digestText = `You are taking over a conversation from Claude Code. What happened so far:

1. Ada asked why the dashboard takes 9 s to load. Claude Code found 31 queries, five on each load, and added an index on \`events (account_id, ts)\`.
2. Ada asked for a test. \`src/db/dashboard.test.ts\` was written; \`npm test\` passes.

Files changed: src/db/dashboard.sql (+9 −4), src/db/dashboard.test.ts (new).`;

function withAttachments(): EventWriter {
  const writer = new EventWriter({ title: 'Why is the dashboard slow?', cwd: atlas, ago: 5 * minute });
  writer.user('This is what it looks like. The log of the week is attached.', owner, [picture, file]);
  writer.reasoning('A picture and a table.', 1_200);
  writer.text('The chart on the left waits for five queries. I would begin with the third.');
  writer.end('completed', { cost: 0.031 });
  writer.user('And these two?', owner, [attachment(3, 'before.png', 'image/png', 90_000), picture]);
  return writer.text('Both show the same.').end();
}

function rewoundSession(): EventWriter {
  const writer = new EventWriter({ title: 'Retry with jitter', cwd: atlas, ago: 30 * minute });
  writer.user('Explain `withRetry`.').text('It tries a task again when it fails.').end();
  const seq = writer.events.length + 1;
  writer.user('Rewrite it in Rust.').text('I would begin with a crate.').end();
  writer.user('On second thought, no.').text('Understood.').end();
  writer.add({ type: 'rewound', to_seq: seq, by: owner });
  return writer.user('Add jitter to it instead.').text(answerMarkdown).end('completed', { cost: 0.0912 });
}

function handedOver(told: boolean): EventWriter {
  const writer = new EventWriter({ title: 'Why is the dashboard slow?', cwd: atlas, ago: 20 * minute });
  writer.user('Why does the dashboard take 9 s?').text('Because of **31 queries**.').end();
  writer.user('Add a test.').text('Done.').end();
  writer.add({ type: 'session_changed', provider: 'codex', model: null, effort: null, by: owner });
  writer.add({ type: 'digest', text: digestText, by: app });
  if (told)
    writer
      .user('Now make it fast.')
      .text('I read what was done so far. The index is there; next comes the cache.')
      .end();
  return writer;
}

function timeLimit(): EventWriter {
  const writer = new EventWriter({ title: 'Run the whole suite', cwd: atlas, ago: 28 * minute });
  writer.user('Run everything, also the slow tests.');
  writer.tool({
    kind: 'execute',
    tool: 'Bash',
    title: 'npm run test:all',
    input: { command: 'npm run test:all' },
    status: 'running',
  });
  return writer.add({ type: 'limit_warning', limit: 'idle', ends_at: Date.now() + 95_000 });
}

function timeOver(): EventWriter {
  const writer = new EventWriter({ title: 'Run the whole suite', cwd: atlas, ago: 45 * minute });
  return writer
    .user('Run everything, also the slow tests.')
    .text('I begin with')
    .end('failed', {
      ms: 30 * minute,
      problem: {
        code: 'time_limit',
        message: 'The agent gave no sign for 30 minutes, so the turn was ended.',
        impact: 'What had arrived is kept; commands it had started were stopped.',
        next: 'Ask it to continue, or allow turns more time in the settings.',
      },
    });
}

function ownAnswers(): EventWriter {
  const writer = new EventWriter({ title: 'Retry with jitter', cwd: atlas, ago: minute, provider: 'codex' });
  writer.user('Add jitter and a test.');
  const call = writer.tool({ kind: 'edit', tool: 'apply_patch', title: '2 files', status: 'running' });
  writer.ask(call, {
    kind: 'edit',
    tool: 'apply_patch',
    title: 'Change 2 files',
    diffs: [retryDiff, newFileDiff],
    reason: 'The test and what it tests belong together.',
    options: [
      { option_id: 'yes', label: 'Yes', kind: 'allow_once' },
      { option_id: 'session', label: 'Yes, and don’t ask again for changes in src/net', kind: 'allow_always' },
      { option_id: 'no', label: 'No', kind: 'reject_once' },
      { option_id: 'never', label: 'No, and stop the turn', kind: 'reject_always' },
    ],
  });
  return writer;
}

function withStatus(): EventWriter {
  const writer = new EventWriter({ title: 'Find the slow query', cwd: atlas, ago: 50 * minute, model: 'opus' });
  writer.user('The dashboard takes 9 s to load. Find out why.');
  writer.add({
    type: 'plan_limits',
    provider: 'claude',
    limits: [
      { id: 'five_hour', label: '5 hours', state: 'warning', used_percent: 86, resets_at: Date.now() + 74 * minute },
      { id: 'seven_day', label: 'Week', state: 'ok', used_percent: 41, resets_at: Date.now() + 4 * 24 * 60 * minute },
      {
        id: 'opus',
        label: 'Week, Opus',
        state: 'reached',
        used_percent: 100,
        resets_at: Date.now() + 30 * 60 * minute,
      },
    ],
  });
  const call = writer.tool({ kind: 'execute', tool: 'Bash', title: 'npm test', input: {}, status: 'running' });
  const asked = writer.ask(call, {
    kind: 'execute',
    tool: 'Bash',
    title: 'npm test',
    command: 'npm test',
    rule: { tool: 'Bash', match: 'prefix', pattern: 'npm test', label: '`npm test`' },
  });
  writer.answer(asked, 'allow_session');
  for (const [n, label] of [
    '`npm test`',
    'edits in ~/atlas/src/db and everything below it, also what is new',
  ].entries()) {
    writer.add({
      type: 'rule_added',
      rule_id: `rule_0000000${n}` as never,
      rule: { tool: n === 0 ? 'Bash' : 'Edit', match: 'prefix', pattern: 'x', label },
      scope: 'session',
      by: owner,
    });
  }
  writer.tool({ kind: 'execute', tool: 'Bash', title: 'npm test', output: testOutput, exit: 0, ms: 3_100 }, call);
  writer.add({ type: 'compacted', trigger: 'auto', tokens_before: 182_300, tokens_after: 31_900 });
  writer.text('The third query has no index.');
  writer.end('completed', { cost: 0.4211 });
  writer.add({ type: 'session_changed', effort: 'xhigh', by: owner });
  return writer;
}

function subAgents(done: boolean): EventWriter {
  const writer = new EventWriter({ title: 'Survey of the code', cwd: atlas, ago: 3 * minute });
  writer.user('Have two agents look at the queries and at the cache.');
  const first = writer.tool({
    kind: 'agent',
    tool: 'Task',
    title: 'Survey the queries',
    input: { prompt: 'List every query of the dashboard.' },
    status: 'running',
  });
  writer.add({ type: 'text', item_id: 'sub-1', text: 'I look for `SELECT` first.', parent_tool_call_id: first });
  writer.tool({ kind: 'search', tool: 'Grep', title: 'SELECT', output: '31 matches', parent: first, ms: 60 });
  const inner = writer.tool({
    kind: 'agent',
    tool: 'Task',
    title: 'Read the largest',
    parent: first,
    status: 'running',
  });
  writer.tool({
    kind: 'read',
    tool: 'Read',
    title: `${atlas}/src/db/dashboard.sql`,
    output: 'x',
    parent: inner,
    ms: 8,
  });
  const second = writer.tool({ kind: 'agent', tool: 'Task', title: 'Survey the cache', status: 'running' });
  writer.tool({
    kind: 'execute',
    tool: 'Bash',
    title: 'redis-cli info',
    output: 'Could not connect',
    status: 'failed',
    exit: 1,
    parent: second,
    ms: 90,
  });
  if (!done) return writer;
  const agent = { kind: 'agent', tool: 'Task' } as const;
  writer.tool({ ...agent, title: 'Read the largest', output: 'It is long.', parent: first, ms: 900 }, inner);
  writer.tool({ ...agent, title: 'Survey the queries', output: 'There are **31** queries.', ms: 14_000 }, first);
  writer.tool({ ...agent, title: 'Survey the cache', output: 'There is none.', ms: 9_000 }, second);
  return writer.text('31 queries and no cache.').end();
}

const source = handedOver(true);
function forked(): EventWriter {
  const writer = new EventWriter({
    title: 'Why is the dashboard slow? (fork)',
    cwd: atlas,
    ago: minute,
    origin: { kind: 'fork', session_id: source.sessionId, seq: 8 },
  });
  return writer.user('Why does the dashboard take 9 s?').text('Because of **31 queries**.').end();
}

const scene = (writer: EventWriter, more: Partial<Scene> = {}): Scene => ({
  sessions: [writer, source],
  providers,
  route: at(writer),
  ...more,
});

export const sessionScenes: Record<string, Scene> = {
  attachments: scene(withAttachments()),
  rewound: scene(rewoundSession()),
  handover: scene(handedOver(false)),
  told: { ...scene(source), sessions: [source] },
  limit: scene(timeLimit()),
  timeover: scene(timeOver()),
  options: scene(ownAnswers()),
  status: scene(withStatus()),
  subagents: scene(subAgents(false)),
  subagentsdone: scene(subAgents(true)),
  forked: scene(forked()),
  sessions: { sessions: [source], providers, route: { name: 'settings', tab: 'sessions' } },
};
