import { describe, expect, it } from 'vitest';
import { AfterClose } from './after-close.ts';
import type { Prompt, ProviderEvent, ProviderSession } from './ports.ts';

const turn = { turn_id: 'turn_1', text: 'Hello', attachments: [] } as unknown as Prompt;

function setUp(defect?: Error) {
  const heard: string[] = [];
  const events: ProviderEvent[] = [];
  let gone = () => {};
  const before = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const session: ProviderSession = {
    prompt: ({ text }) => heard.push(`prompt ${text}`),
    steer: () => true,
    interrupt: () => heard.push('interrupt'),
    answer: () => {},
    setModel: (model) => heard.push(`model ${model}`),
    setEffort: () => {},
    setMode: () => {},
    setGoal: (objective) => heard.push(`goal ${objective}`),
    close: async () => void heard.push('close'),
  };
  const start = () => {
    heard.push('start');
    if (defect) throw defect;
    return session;
  };
  const failed = (error: unknown) => heard.push(String(error));
  const waiting = new AfterClose(before, start, (event) => events.push(event), failed);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { waiting, heard, events, gone, settle };
}

describe('a conversation whose last process still ends', () => {
  it('begins when that is gone, with all that was asked of it, settings first', async () => {
    const { waiting, heard, gone, settle } = setUp();
    waiting.setGoal('x');
    waiting.prompt(turn);
    waiting.setModel('big');
    expect(waiting.steer('more')).toBe(false);
    await settle();
    expect(heard).toEqual([]);
    gone();
    await settle();
    expect(heard).toEqual(['start', 'goal x', 'model big', 'prompt Hello']);
    expect(waiting.steer('more')).toBe(true);
  });

  it('is stopped at once, and its prompt is never sent', async () => {
    const { waiting, heard, events, gone, settle } = setUp();
    waiting.prompt(turn);
    waiting.interrupt();
    await settle();
    expect(events).toEqual([{ type: 'turn_end', status: 'aborted' }]);
    gone();
    await settle();
    expect(heard).toEqual(['start']);
    waiting.prompt({ ...turn, text: 'Again' });
    expect(heard).toEqual(['start', 'prompt Again']);
  });

  it('says so when it cannot be begun, and can be closed', async () => {
    const { waiting, heard, gone, settle } = setUp(new Error('defect'));
    waiting.prompt(turn);
    gone();
    await settle();
    expect(heard).toEqual(['start', 'Error: defect']);
    await waiting.close();
  });

  it('is not begun at all when it is closed before', async () => {
    const { waiting, heard, gone } = setUp();
    waiting.prompt(turn);
    const closed = waiting.close();
    gone();
    await closed;
    expect(heard).toEqual([]);
  });
});
