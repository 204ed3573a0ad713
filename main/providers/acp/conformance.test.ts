import { describe } from 'vitest';
import { type ConformanceHarness, providerConformance, type ScenarioName } from '../conformance.ts';
import { AcpProvider } from './adapter.ts';
import { type Row, recording, replay, systemClock } from './replay-test-support.ts';

/** Lines of claude-agent-acp 0.100.0, an agent that has nothing to do with Gemini CLI. */
const recorded = (name: string) => recording(import.meta.url, `claude-agent-${name}`);
const upToDelta = (rows: Row[]) =>
  rows.slice(0, rows.findIndex((row) => JSON.stringify(row).includes('agent_message_chunk')) + 1);

const scenes: { readonly [S in ScenarioName]?: { rows: Row[]; prompt: string } } = {
  answer: { rows: recorded('answer'), prompt: 'Think.' },
  edit: { rows: recorded('edit'), prompt: 'Write.' },
  command: { rows: recorded('command-denied'), prompt: 'Run mkdir nodir' },
  long: { rows: recorded('interrupt-text'), prompt: 'Go on and on.' },
  death: { rows: upToDelta(recorded('interrupt-text')).concat({ exit: 3 }), prompt: 'Die.' },
};

const harness: ConformanceHarness = {
  stage: async (name) => {
    const scene = scenes[name];
    if (scene === undefined) return null;
    const { startCli } = replay(scene.rows);
    const host = { env: {}, home: '/nowhere', instance: 'test', startCli, clock: systemClock };
    const command = { id: 'acp-test', name: 'Some Agent', command: process.execPath, args: [] };
    const provider = new AcpProvider({ ...host, ...command });
    return { provider, cwd: '/project', prompt: scene.prompt, dispose: async () => {} };
  },
};

describe('any ACP agent, on recorded transcripts', () => providerConformance(harness));
