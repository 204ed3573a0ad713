import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import { closeBeforeQuit } from './quit.ts';

function start(close: () => Promise<void>) {
  const emitter = new EventEmitter();
  const exits: number[] = [];
  const lines: string[] = [];
  const clock = createManualClock();
  const app = {
    on: (event: 'will-quit', listener: (event: { preventDefault(): void }) => void) => emitter.on(event, listener),
    exit: (code: number) => exits.push(code),
  };
  closeBeforeQuit(app, close, clock, (line) => lines.push(line));
  /** True when quitting was held back. */
  const quit = () => {
    let held = false;
    emitter.emit('will-quit', { preventDefault: () => (held = true) });
    return held;
  };
  return { quit, exits, lines, clock };
}

describe('closeBeforeQuit', () => {
  it('holds quitting back until everything is closed, and closes once', async () => {
    let closes = 0;
    let finish = () => {};
    const app = start(() => {
      closes += 1;
      return new Promise<void>((resolve) => (finish = resolve));
    });
    expect([app.quit(), app.quit()]).toEqual([true, true]);
    expect(app.exits).toEqual([]);
    finish();
    await Promise.resolve();
    expect([closes, app.exits]).toEqual([1, [0]]);
  });

  it('quits after four and a half seconds although something does not close, and says so', () => {
    const app = start(() => new Promise(() => {}));
    app.quit();
    app.clock.advance(4_499);
    expect(app.exits).toEqual([]);
    app.clock.advance(1);
    expect(app.exits).toEqual([1]);
    expect(app.lines).toHaveLength(1);
  });

  it('quits with an error when closing failed', async () => {
    const app = start(() => Promise.reject(new Error('disk on fire')));
    app.quit();
    await Promise.resolve();
    expect(app.exits).toEqual([1]);
    expect(app.lines[0]).toContain('disk on fire');
  });
});
