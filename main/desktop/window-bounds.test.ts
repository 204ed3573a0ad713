import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, type Rectangle, smallestWindow } from './window-bounds.ts';

const laptop: Rectangle = { x: 0, y: 25, width: 1440, height: 875 };
const second: Rectangle = { x: 1440, y: 0, width: 2560, height: 1400 };

describe('placeWindow', () => {
  it('opens in the middle of the primary display the first time', () => {
    expect(placeWindow(null, [laptop, second])).toEqual({ x: 80, y: 43, width: 1280, height: 840, maximized: false });
  });

  it('opens where it was, on a second display too', () => {
    const saved = { x: 1600, y: 100, width: 1000, height: 700, maximized: true };
    expect(placeWindow(saved, [laptop, second])).toEqual(saved);
  });

  it('comes back to the primary display, with its size, when its display is gone', () => {
    expect(placeWindow({ x: 1600, y: 100, width: 1000, height: 700, maximized: false }, [laptop])).toEqual({
      x: 220,
      y: 113,
      width: 1000,
      height: 700,
      maximized: false,
    });
  });

  it('shrinks to a display that became smaller', () => {
    expect(placeWindow({ x: 0, y: 25, width: 2500, height: 1400, maximized: false }, [laptop])).toMatchObject({
      width: 1440,
      height: 875,
    });
  });

  it('always leaves a part of its top edge where it can be grasped', () => {
    const coordinate = fc.integer({ min: -20_000, max: 20_000 });
    const size = fc.integer({ min: 1, max: 20_000 });
    const saved = fc.record({ x: coordinate, y: coordinate, width: size, height: size, maximized: fc.boolean() });
    const area = fc.record({
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
      width: fc.integer({ min: 800, max: 6_000 }),
      height: fc.integer({ min: 600, max: 4_000 }),
    });
    fc.assert(
      fc.property(fc.option(saved), fc.array(area, { minLength: 1, maxLength: 3 }), (state, areas) => {
        const placed = placeWindow(state, areas);
        const visible = areas.some(
          (a) =>
            Math.min(placed.x + placed.width, a.x + a.width) - Math.max(placed.x, a.x) >= 160 &&
            placed.y >= a.y &&
            placed.y <= a.y + a.height - 48,
        );
        expect(visible).toBe(true);
        expect(placed.width).toBeGreaterThanOrEqual(smallestWindow.width);
        expect(placed.height).toBeGreaterThanOrEqual(smallestWindow.height);
      }),
      { numRuns: 1_000 },
    );
  });
});
