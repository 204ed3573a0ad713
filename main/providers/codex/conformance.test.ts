import { describe } from 'vitest';
import { type ConformanceHarness, providerConformance, type ScenarioName, type Stage } from '../conformance.ts';
import { CodexProvider } from './adapter.ts';
import { project, type Row, recording, replay, replayHost, systemClock } from './replay-test-support.ts';

const upTo = (rows: Row[], isLast: (row: Row) => boolean) => rows.slice(0, rows.findIndex(isLast) + 1);
const isDelta = (row: Row) => 'msg' in row && row.msg.method === 'item/agentMessage/delta';

/** In its recording the request waits for an answer; here the turn is stopped instead. */
function stoppedWhileWaiting(): Row[] {
  const rows = recording('command-declined');
  const asked = upTo(rows, (row) => 'msg' in row && String(row.msg.method).endsWith('requestApproval'));
  const ended = recording('command-declined').filter((row) => 'msg' in row && row.msg.method === 'turn/completed');
  const interrupted = JSON.parse(
    JSON.stringify(ended).replace('"status":"completed","error"', '"status":"interrupted","error"'),
  );
  return [
    ...asked,
    { dir: 'in', msg: { id: 99, method: 'turn/interrupt' } },
    { dir: 'out', msg: { id: 99, result: {} } },
    ...(interrupted as Row[]),
  ];
}

/** Which recording plays which scenario. A command is refused in its recording, so the prompt names it. */
const scenes: { readonly [S in ScenarioName]: { rows: () => Row[][]; prompt: string; again?: string } } = {
  answer: {
    rows: () => [recording('think-write-edit-command'), recording('think-write-edit-command')],
    prompt: 'Think.',
    again: 'Think again.',
  },
  edit: { rows: () => [recording('edit-accepted')], prompt: 'Write.' },
  command: { rows: () => [recording('command-declined')], prompt: 'Run touch u2' },
  long: { rows: () => [recording('interrupt-text')], prompt: 'Go on and on.' },
  waiting: { rows: () => [stoppedWhileWaiting()], prompt: 'Run touch u2' },
  death: { rows: () => [upTo(recording('interrupt-text'), isDelta).concat({ exit: 3 })], prompt: 'Die.' },
};

const harness: ConformanceHarness = {
  stage: async (name): Promise<Stage> => {
    const { rows, ...scene } = scenes[name];
    const { startCli } = replay(...rows());
    const times = { toolGraceMs: 5000 };
    const provider = new CodexProvider({ ...replayHost(startCli), clock: systemClock, times });
    return { provider, cwd: project, ...scene, dispose: async () => {} };
  },
};

describe('codex, on recorded transcripts', () => providerConformance(harness));
