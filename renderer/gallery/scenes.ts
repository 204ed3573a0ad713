import type { Route } from '../store/route.ts';
import { accessScenes } from './access-scenes.ts';
import { composerScenes } from './composer-scenes.ts';
import { dataScenes } from './data-scenes.ts';
import { desktopScenes } from './desktop-scenes.ts';
import { EventWriter } from './event-writer.ts';
import { goalScenes } from './goal-scenes.ts';
import { importScenes } from './import-scenes.ts';
import { onboardingScenes } from './onboarding-scenes.ts';
import { panelScenes } from './panel-scenes.ts';
import { claude, claudeMissing, codexSignedOut, demo, newFileDiff, retryDiff } from './samples.ts';
import type { Scene } from './scene.ts';
import { sessionScenes } from './session-scenes.ts';
import { sidebarScenes } from './sidebar-scenes.ts';
import { answerMarkdown, diagramMarkdown, drawnMarkdown, hostileMarkdown, mathMarkdown, testOutput } from './texts.ts';

const atlas = '/home/ada/atlas';
const minute = 60_000;
const providers = [claude, codexSignedOut, demo];
const at = (writer: EventWriter): Route => ({ name: 'session', sessionId: writer.sessionId });

/** A finished turn with a bit of everything. */
function finished(): EventWriter {
  const writer = new EventWriter({ title: 'Retry with jitter in the net layer', cwd: atlas, ago: 6 * minute });
  writer.user(
    'Our clients all retry at the same moment after an outage. Can you add jitter to `withRetry`, with a cap, and a test?',
  );
  writer.reasoning(
    'The retry helper lives in **src/net**. I should look at how it is used before changing its options.',
    4_200,
  );
  writer.text("I'll look at the helper and its callers first.");
  writer.tool({
    kind: 'read',
    tool: 'Read',
    title: `${atlas}/src/net/retry.ts`,
    input: { file_path: `${atlas}/src/net/retry.ts` },
    output: 'export async function withRetry…',
    ms: 12,
  });
  writer.tool({
    kind: 'search',
    tool: 'Grep',
    title: 'withRetry(',
    input: { pattern: 'withRetry\\(' },
    output: 'src/net/client.ts:31\nsrc/sync/pull.ts:88',
    ms: 41,
  });
  writer.plan([
    { text: 'Read the helper and its two callers', status: 'completed' },
    { text: 'Add full jitter with a cap', status: 'completed' },
    { text: 'Write a test for the last attempt', status: 'completed' },
    { text: 'Run the tests', status: 'completed' },
  ]);
  const edit = writer.tool({ kind: 'edit', tool: 'Edit', title: retryDiff.path, status: 'running' });
  const asked = writer.ask(edit, { kind: 'edit', tool: 'Edit', title: retryDiff.path, diff: retryDiff });
  writer.answer(asked, 'allow_once', { kind: 'device', name: 'Pixel 9', via: 'websocket' });
  writer.tool({ kind: 'edit', tool: 'Edit', title: retryDiff.path, diffs: [retryDiff], ms: 30 }, edit);
  writer.tool({ kind: 'edit', tool: 'Write', title: newFileDiff.path, diffs: [newFileDiff], ms: 20 });
  writer.tool({
    kind: 'execute',
    tool: 'Bash',
    title: 'npm test -- retry',
    input: { command: 'npm test -- retry' },
    output: testOutput,
    exit: 0,
    ms: 3_240,
  });
  writer.text(answerMarkdown);
  return writer.end('completed', { cost: 0.0842, ms: 48_900 });
}

function others(): EventWriter[] {
  const failed = new EventWriter({ title: 'Upgrade the CI image', cwd: atlas, ago: 95 * minute });
  failed.user('Move CI to the new base image.').end('failed', {
    problem: {
      code: 'provider_rate_limited',
      message: 'The plan of this account is used up until 14:00.',
      impact: 'The turn ended; the files it changed are kept.',
      next: 'Wait until 14:00, or switch to an API key, then send the message again.',
      detail: 'API Error: 429 {"type":"error","error":{"type":"rate_limit_error"}}',
    },
  });
  const ledger = new EventWriter({
    title: 'Explain the reconciliation job',
    cwd: '/home/ada/ledger',
    ago: 26 * 60 * minute,
  });
  ledger
    .user('What does reconcile.py do?')
    .text('It matches bank lines with invoices and writes what is left over to a report.')
    .end();
  const stopped = new EventWriter({ title: 'Draft release notes', cwd: '/home/ada/ledger', ago: 80 * 60 * minute });
  stopped.user('Draft the notes for 2.4').text('Here is a first').end('interrupted');
  return [failed, ledger, stopped];
}

function waitingForCommand(rule: boolean): EventWriter {
  const writer = new EventWriter({ title: 'Clean up stale branches', cwd: atlas, ago: 2 * minute });
  writer.user('Delete the local branches that are merged.');
  writer.text('These four branches are merged into `main`. I would delete them now:');
  const command = rule
    ? 'npm test'
    : "git branch --merged main | grep -vE '^\\*|main$' | xargs -n 1 git branch -d && git remote prune origin";
  const call = writer.tool({
    kind: 'execute',
    tool: 'Bash',
    title: command,
    input: { command, description: 'Delete merged branches' },
    status: 'running',
  });
  writer.ask(call, {
    kind: 'execute',
    tool: 'Bash',
    title: command,
    command,
    reason: 'Deletes local branches that are merged into main and forgets remote ones that are gone.',
    rule: rule ? { tool: 'Bash', match: 'prefix', pattern: 'npm test', label: 'npm test' } : null,
    input: { command, description: 'Delete merged branches' },
  });
  return writer;
}

function waitingForEdit(): EventWriter {
  const writer = new EventWriter({ title: 'Retry with jitter in the net layer', cwd: atlas, ago: minute });
  writer.user('Add jitter to withRetry.');
  const call = writer.tool({ kind: 'edit', tool: 'Edit', title: retryDiff.path, status: 'running' });
  writer.ask(call, {
    kind: 'edit',
    tool: 'Edit',
    title: retryDiff.path,
    diff: retryDiff,
    rule: { tool: 'Edit', match: 'folder', pattern: `${atlas}/src`, label: 'edits in ~/atlas/src' },
  });
  const second = writer.tool({
    kind: 'fetch',
    tool: 'WebFetch',
    title: 'https://example.com/jitter',
    status: 'running',
  });
  writer.ask(second, {
    kind: 'fetch',
    tool: 'WebFetch',
    title: 'https://example.com/jitter',
    input: { url: 'https://example.com/jitter' },
  });
  return writer;
}

function question(): EventWriter {
  const writer = new EventWriter({ title: 'Choose a date library', cwd: atlas, ago: minute });
  writer.user('Replace moment.');
  const call = writer.tool({ kind: 'question', tool: 'AskUserQuestion', title: 'Which library?', status: 'running' });
  writer.ask(call, {
    kind: 'question',
    tool: 'AskUserQuestion',
    title: 'Which library?',
    questions: [
      {
        header: 'Library',
        question: 'Which library should replace moment?',
        multiple: false,
        options: [
          { label: 'date-fns', description: 'Small functions, tree-shakes well' },
          { label: 'Temporal polyfill', description: 'The coming standard, larger today' },
        ],
      },
      {
        question: 'Which parts should be moved now?',
        multiple: true,
        options: [{ label: 'Invoices' }, { label: 'Reports' }, { label: 'Scheduler' }],
      },
    ],
  });
  return writer;
}

function running(): { writer: EventWriter; callId: string } {
  const writer = new EventWriter({ title: 'Find the slow query', cwd: atlas, ago: 40_000, mode: 'full' });
  writer.user('The dashboard takes 9 s to load. Find out why.');
  writer.reasoning('Let me profile.', 2_100);
  const agent = writer.tool({
    kind: 'agent',
    tool: 'Task',
    title: 'Survey the queries',
    input: { prompt: 'List every query of the dashboard.' },
    status: 'running',
  });
  writer.tool({ kind: 'search', tool: 'Grep', title: 'SELECT', output: '31 matches', parent: agent, ms: 60 });
  writer.tool({
    kind: 'read',
    tool: 'Read',
    title: `${atlas}/src/db/dashboard.sql`,
    output: 'SELECT …',
    parent: agent,
    ms: 8,
  });
  writer.tool(
    {
      kind: 'agent',
      tool: 'Task',
      title: 'Survey the queries',
      output: 'There are **31** queries, five on each load.',
      ms: 14_000,
    },
    agent,
  );
  writer.tool({
    kind: 'execute',
    tool: 'Bash',
    title: 'psql -c "EXPLAIN ANALYZE …"',
    output: 'psql: error: connection refused',
    status: 'failed',
    exit: 2,
    ms: 310,
    input: { command: 'psql -c "EXPLAIN ANALYZE …"' },
  });
  writer.tool({
    kind: 'execute',
    tool: 'Bash',
    title: 'rm -rf build',
    status: 'denied',
    output: 'The user refused.',
    input: { command: 'rm -rf build' },
  });
  const callId = writer.tool({
    kind: 'execute',
    tool: 'Bash',
    title: 'npm run profile',
    status: 'running',
    input: { command: 'npm run profile' },
  });
  writer.queue('And add an index when you know which one.');
  writer.queue(
    'Then write it up in docs/performance.md, with the numbers before and after, so that the team can see what changed',
  );
  return { writer, callId };
}

const done = finished();
const live = running();
const streaming = new EventWriter({ title: 'Explain the event log', cwd: atlas, ago: 12_000 });
streaming.user('How does the event log work?').reasoning('Explain simply.', 800);
const hostile = new EventWriter({ title: '<img src=x onerror=alert(1)>', cwd: '/home/ada/<b>x</b>', ago: minute });
hostile.user('<script>alert(1)</script>').text(hostileMarkdown).end();
const errorScene = others();
const command = waitingForCommand(false);
const ruled = waitingForCommand(true);
const edit = waitingForEdit();
const asks = question();
const formulas = new EventWriter({ title: 'Explain the jitter', cwd: atlas, ago: minute });
const drawn = new EventWriter({ title: 'Draw the load of a week', cwd: atlas, ago: 2 * minute });
drawn.user('Draw it.').text(drawnMarkdown).end();
formulas.user('How much does jitter spread the retries?').text(mathMarkdown).end();
const diagrams = new EventWriter({ title: 'Draw the retry', cwd: atlas, ago: minute });
diagrams.user('Draw how a request goes through the retry.').text(diagramMarkdown).end();
const long = new EventWriter({
  title: 'A very long session title that goes on and on, for nobody ever shortens what a model has written',
  cwd: '/home/ada/work/clients/northwind/monorepo/packages/very-long-package-name',
  ago: minute,
});
for (let n = 0; n < 90; n += 1) long.user(`Question ${n}`).text(answerMarkdown).end();

export const scenes: Record<string, Scene> = {
  ...composerScenes,
  tour: { sessions: [done, ...others(), command], providers, route: at(done) },
  first: { sessions: [], providers: [claudeMissing, codexSignedOut, demo] },
  new: { sessions: [done, ...others()], providers, route: { name: 'new' } },
  approval: { sessions: [done, command, ...others()], providers, route: at(command) },
  'approval-read-only': {
    sessions: [done, ruled, ...others()],
    providers,
    route: at(ruled),
    scopes: ['sessions:read', 'approvals:read', 'server:read'],
  },
  rule: { sessions: [done, ruled, ...others()], providers, route: at(ruled) },
  edit: { sessions: [done, edit, ...others()], providers, route: at(edit) },
  question: { sessions: [done, asks], providers, route: at(asks) },
  running: {
    sessions: [live.writer, done, ...others()],
    providers,
    route: at(live.writer),
    streaming: [
      {
        writer: live.writer,
        itemId: live.callId,
        kind: 'tool_output',
        text: testOutput.repeat(4),
        start: 400,
        speed: 0,
      },
    ],
  },
  streaming: {
    sessions: [streaming, done, ...others()],
    providers,
    route: at(streaming),
    streaming: [{ writer: streaming, itemId: 'x1', kind: 'text', text: answerMarkdown.repeat(8), start: 30, speed: 8 }],
  },
  error: { sessions: errorScene, providers, route: at(errorScene[0]!) },
  interrupted: { sessions: errorScene, providers, route: at(errorScene[2]!) },
  hostile: { sessions: [hostile], providers, route: at(hostile) },
  formulas: { sessions: [formulas, done], providers, route: at(formulas) },
  find: { sessions: [done, ...others()], providers, route: at(done), find: 'jitter' },
  findnone: { sessions: [done, ...others()], providers, route: at(done), find: 'no such words' },
  drawn: { sessions: [drawn, done], providers, route: at(drawn) },
  diagrams: { sessions: [diagrams, done], providers, route: at(diagrams) },
  long: { sessions: [long], providers, route: at(long) },
  offline: {
    sessions: [done, ...others()],
    providers,
    route: at(done),
    link: { status: 'waiting', attempt: 5, retryAt: Date.now() + 12_000 },
    notices: [
      {
        code: 'storage_failed',
        message: 'The database was damaged and has been set aside.',
        impact: 'The newest backup (today, 09:12) was opened; what was said after it is in the damaged file.',
        next: 'Keep the damaged file; the log of the app says where it is.',
      },
    ],
  },
  reconnecting: {
    sessions: [done, ...others()],
    providers,
    route: at(done),
    link: { status: 'waiting', attempt: 1, retryAt: Date.now() + 2_000, since: Date.now() - 9_000 },
  },
  signedout: { sessions: [], providers, link: { status: 'signed_out', reason: 'link_used' } },
  providers: {
    sessions: [done],
    providers: [claude, codexSignedOut, demo],
    route: { name: 'settings', tab: 'providers' },
  },
  keys: { sessions: [done], providers, route: { name: 'settings', tab: 'keys' } },
  permissions: { sessions: [done], providers, route: { name: 'settings', tab: 'permissions' } },
  inbox: { sessions: [done, command, edit, asks, ...errorScene], providers, route: { name: 'inbox' } },
  'inbox-empty': { sessions: [done], providers: [demo, claude], route: { name: 'inbox' } },
  data: { sessions: [done], providers, route: { name: 'settings', tab: 'data' } },
  about: { sessions: [done], providers, route: { name: 'settings', tab: 'about' } },
  ...Object.fromEntries(
    (['appearance', 'language', 'notifications', 'shortcuts', 'sign-in'] as const).map((tab): [string, Scene] => [
      tab,
      { sessions: [done], providers, route: { name: 'settings', tab } },
    ]),
  ),
  'notifications-app': {
    ...{ sessions: [done], providers, route: { name: 'settings', tab: 'notifications' } },
    notices_of_app: 'supported',
  },
  'notifications-none': {
    ...{ sessions: [done], providers, route: { name: 'settings', tab: 'notifications' } },
    notices_of_app: 'unsupported',
  },
  ...sessionScenes,
  ...goalScenes,
  ...importScenes,
  ...onboardingScenes,
  ...accessScenes,
  ...dataScenes,
  ...panelScenes,
  ...sidebarScenes,
  ...desktopScenes,
};
