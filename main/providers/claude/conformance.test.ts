import { describe } from 'vitest';
import { type ConformanceHarness, providerConformance, type ScenarioName, type Stage } from '../conformance.ts';
import { ClaudeProvider } from './adapter.ts';
import { type Row, recording, replay, replayHost, systemClock } from './replay-test-support.ts';

const upTo = (rows: Row[], isLast: (row: Row) => boolean) => rows.slice(0, rows.findIndex(isLast) + 1);
const isDelta = (row: Row) => 'msg' in row && JSON.stringify(row.msg).includes('"text_delta"');

/** Which recording plays which scenario. A command is refused in its recording, so the prompt names it. */
const scenes: { readonly [S in ScenarioName]: { rows: Row[][]; prompt: string; again?: string } } = {
  answer: { rows: [recording('think-and-text'), recording('think-and-text')], prompt: 'Think.', again: 'Think again.' },
  edit: {
    rows: [upTo(recording('write-and-edit'), isResultOf('Write')).concat(closing('write-and-edit'))],
    prompt: 'Write.',
  },
  command: { rows: [recording('command-denied')], prompt: 'Run mkdir forbidden' },
  long: { rows: [recording('interrupt-text')], prompt: 'Go on and on.' },
  waiting: { rows: [recording('interrupt-approval')], prompt: 'Make a folder.' },
  death: { rows: [upTo(recording('interrupt-text'), isDelta).concat({ exit: 3 })], prompt: 'Die.' },
};

function isResultOf(tool: string): (row: Row) => boolean {
  let id = '';
  return (row) => {
    if (!('msg' in row)) return false;
    const text = JSON.stringify(row.msg);
    id ||= new RegExp(`"id":"(toolu_\\w+)","name":"${tool}"`).exec(text)?.[1] ?? '';
    return row.msg.type === 'user' && id !== '' && text.includes(id) && text.includes('tool_result');
  };
}

function closing(name: string): Row[] {
  return recording(name).filter((row) => 'msg' in row && row.msg.type === 'result');
}

const harness: ConformanceHarness = {
  stage: async (name): Promise<Stage> => {
    const { rows, ...scene } = scenes[name];
    const { startCli } = replay(...rows);
    const provider = new ClaudeProvider({ ...replayHost(startCli), clock: systemClock });
    return { provider, cwd: '/project', ...scene, dispose: async () => {} };
  },
};

describe('claude, on recorded transcripts', () => providerConformance(harness));
