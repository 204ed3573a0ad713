import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { askBeforeQuit, type QuitQuestion } from './ask-before-quit.ts';
import { en } from './words/en.ts';

function start(running: number) {
  const emitter = new EventEmitter();
  const asked: { question: QuitQuestion; answer: (quit: boolean) => void; fail: (error: Error) => void }[] = [];
  const seen = { ended: 0, stayed: 0 };
  const turns = { running };
  const app = {
    on: (event: 'before-quit', listener: (event: { preventDefault(): void }) => void) => emitter.on(event, listener),
    quit() {
      let held = false;
      emitter.emit('before-quit', { preventDefault: () => (held = true) });
      if (!held) seen.ended += 1;
    },
  };
  const { quitWithoutAsking } = askBeforeQuit(app, {
    runningTurns: () => turns.running,
    words: () => en,
    ask: (question) => new Promise((answer, fail) => asked.push({ question, answer, fail })),
    stay: () => {
      seen.stayed += 1;
    },
  });
  return { app, asked, seen, turns, quitWithoutAsking };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('quitting while agents work', () => {
  it('asks once, saying how many and what happens to their work, and quits when told to', async () => {
    const { app, asked, seen } = start(2);
    app.quit();
    app.quit();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.question).toMatchObject({
      message: '2 agents are still working.',
      detail: expect.stringContaining('is kept'),
    });
    expect(seen.ended).toBe(0);
    asked[0]?.answer(true);
    await settled();
    expect(seen).toEqual({ ended: 1, stayed: 0 });
  });

  it('goes on when told to, and asks again the next time', async () => {
    const { app, asked, seen } = start(1);
    app.quit();
    expect(asked[0]?.question.message).toBe('One agent is still working.');
    asked[0]?.answer(false);
    await settled();
    expect(seen).toEqual({ ended: 0, stayed: 1 });
    app.quit();
    expect(asked).toHaveLength(2);
  });

  it('does not ask while none works, nor when something that is not a person ends it', () => {
    const idle = start(0);
    idle.app.quit();
    const stopped = start(3);
    stopped.quitWithoutAsking();
    expect([idle.seen.ended, stopped.seen.ended]).toEqual([1, 1]);
    expect([...idle.asked, ...stopped.asked]).toEqual([]);
  });

  it('quits when the question cannot be shown', async () => {
    const { app, asked, seen } = start(1);
    app.quit();
    asked[0]?.fail(new Error('no display'));
    await settled();
    expect(seen.ended).toBe(1);
  });
});
