import { describe } from 'vitest';
import type { Row } from '../acp/replay-test-support.ts';
import { type ConformanceHarness, providerConformance, type ScenarioName } from '../conformance.ts';
import { recorded, stagedGemini } from './replay-test-support.ts';

const upToDelta = (rows: Row[]) =>
  rows.slice(0, rows.findIndex((row) => JSON.stringify(row).includes('agent_message_chunk')) + 1);

const scenes: { readonly [S in ScenarioName]: { rows: Row[]; prompt: string } } = {
  answer: { rows: recorded('think-and-text'), prompt: 'Think.' },
  edit: { rows: recorded('write'), prompt: 'Write.' },
  command: { rows: recorded('command-denied'), prompt: 'Run mkdir forbidden' },
  long: { rows: recorded('interrupt-text'), prompt: 'Go on and on.' },
  waiting: { rows: recorded('interrupt-approval'), prompt: 'Make a folder.' },
  death: { rows: upToDelta(recorded('interrupt-text')).concat({ exit: 3 }), prompt: 'Die.' },
};

const harness: ConformanceHarness = {
  stage: async (name) => {
    const { rows, prompt } = scenes[name];
    return { provider: stagedGemini([rows]).provider, cwd: '/project', prompt, dispose: async () => {} };
  },
};

describe('gemini, on recorded transcripts', () => providerConformance(harness));
