import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Ask, atFrames, letKeysGoFirst } from './frame-scheduler.ts';

/** About a frame; the clock of the tests knows whole milliseconds only. */
const frameMs = 16;
let done: number[];
/** How often it was done while a frame is drawn. */
let framed: number;
let inFrame = false;
let ask: Ask;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.stubGlobal('document', { visibilityState: 'visible' });
  // Whoever asks before a frame is drawn is heard in the same one, as in a browser.
  let waiting = new Map<number, () => void>();
  let asked = 0;
  const draw = (): void => {
    const jobs = waiting;
    waiting = new Map();
    inFrame = true;
    for (const job of jobs.values()) job();
    inFrame = false;
  };
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    const now = performance.now();
    if (waiting.size === 0) setTimeout(draw, (Math.floor(now / frameMs) + 1) * frameMs - now);
    asked += 1;
    waiting.set(asked, run);
    return asked;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.delete(id));
  done = [];
  framed = 0;
  ask = atFrames(() => {
    done.push(performance.now());
    if (inFrame) framed += 1;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Asks 400 times a second, as a fast agent does. */
function stream(urgency: Parameters<Ask>[0], ms: number): void {
  for (let at = 0; at < ms; at += 2.5) {
    ask(urgency);
    vi.advanceTimersByTime(2.5);
  }
}

it('brings what streams up to date at every second frame at most, and four times a second what nobody looks at', () => {
  stream('steady', 1_000);
  expect(done.length).toBeGreaterThanOrEqual(24);
  expect(done.length).toBeLessThanOrEqual(31);
  done.length = 0;
  stream('unseen', 1_000);
  expect(done.length).toBeGreaterThanOrEqual(3);
  expect(done.length).toBeLessThanOrEqual(5);
});

it('shows the first word after a silence at the next frame', () => {
  vi.advanceTimersByTime(1_000);
  ask('steady');
  vi.advanceTimersByTime(frameMs + 1);
  expect(done).toHaveLength(1);
});

it('does not let what is urgent wait for what is not', () => {
  ask('unseen');
  vi.advanceTimersByTime(20);
  done.length = 0;
  ask('unseen');
  ask('frame');
  vi.advanceTimersByTime(frameMs + 1);
  expect(done).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  expect(done).toHaveLength(1);
});

it('goes on in a hidden window, which gets no frames', () => {
  vi.stubGlobal('document', { visibilityState: 'hidden' });
  ask('frame');
  vi.advanceTimersByTime(250);
  expect(done).toHaveLength(1);
});

describe('while somebody types', () => {
  let press: () => void;
  beforeEach(() => {
    vi.stubGlobal('window', {
      addEventListener: (_type: string, heard: () => void) => {
        press = heard;
      },
    });
    letKeysGoFirst();
  });
  afterEach(() => vi.advanceTimersByTime(2 * frameMs));

  it('leaves the frame that shows a key to the key, and takes the next one', () => {
    ask('steady');
    press();
    vi.advanceTimersByTime(frameMs + 0.1);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(frameMs);
    expect(done).toHaveLength(1);
  });

  it('shows what streams after a tenth of a second, however fast they type', () => {
    ask('steady');
    for (let at = 0; at < 200; at += 2) {
      press();
      vi.advanceTimersByTime(2);
    }
    expect(done[0]).toBeGreaterThan(90);
    expect(done[0]).toBeLessThan(140);
  });

  it('brings it in behind the frame that shows a key, not into one', () => {
    for (let at = 0; at < 1_000; at += 2) {
      ask('steady');
      press();
      vi.advanceTimersByTime(2);
    }
    expect(done.length).toBeGreaterThanOrEqual(6);
    expect(framed).toBe(0);
  });

  it('goes on when the key was the one that hid the page', () => {
    const undrawn: (() => void)[] = [];
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => undrawn.push(run));
    press();
    vi.stubGlobal('document', { visibilityState: 'hidden' });
    ask('steady');
    vi.advanceTimersByTime(1_000);
    expect(done).toHaveLength(1);
    for (const run of undrawn) run();
  });

  it('does not hold back what is being opened', () => {
    ask('frame');
    press();
    vi.advanceTimersByTime(frameMs + 0.1);
    expect(done).toHaveLength(1);
  });
});
