import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { systemClock as clock } from '../../system-clock.ts';
import { providerConformance, type ScenarioName } from '../conformance.ts';
import { createDemoProvider } from './adapter.ts';
import { createBench } from './guide-test-support.ts';

const prompts: Record<Exclude<ScenarioName, 'death'>, string> = {
  answer: 'hello',
  edit: 'write a.txt: Hello',
  command: 'run echo hi',
  long: 'count to 1000 slowly',
  waiting: 'run echo hi',
};

describe('demo', () =>
  providerConformance({
    async stage(name) {
      // It lives in this process: it cannot die alone.
      if (name === 'death') return null;
      const cwd = await realpath(await mkdtemp(path.join(tmpdir(), 'guide-')));
      return {
        provider: createDemoProvider({ clock, instance: `conformance-${process.pid}` }),
        cwd,
        prompt: prompts[name],
        again: 'where were we?',
        branches: true,
        dispose: () => rm(cwd, { recursive: true, force: true }),
      };
    },
  }));

describe('demo under any words', () => {
  const words = fc.constantFrom(
    'list',
    'read',
    'write',
    'edit',
    'delete',
    'search',
    'plan',
    'think',
    'ask me',
    'fail',
    'count to',
    'big',
    'tour',
    'help',
  );
  const rest = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('', ' ""', ' a.txt', ' a.txt: x', ` ${'x'.repeat(3000)}`, ' a.txt: replace a with b', ' 20'),
  );

  it('keeps the laws of every provider, whatever it is told and whenever it is stopped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(words, rest, fc.option(fc.nat(200))), { maxLength: 4 }), async (said) => {
        const bench = await createBench({ mode: 'accept-edits' });
        try {
          for (const [verb, more, stopAfter] of said) {
            if (stopAfter !== null) {
              const from = bench.events.length;
              bench.prompt(verb + more);
              const over = () => bench.events.slice(from).some((event) => event.type === 'turn_end');
              await bench.until(
                () =>
                  over() || bench.events.length >= from + stopAfter || bench.events.at(-1)?.type === 'approval_request',
              );
              bench.session.interrupt();
              await bench.until(over);
            } else {
              await bench.turn(verb + more);
            }
          }
        } finally {
          await bench.dispose();
        }
      }),
      { numRuns: 60 },
    );
  });
});
