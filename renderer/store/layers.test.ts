import { beforeEach, describe, expect, it } from 'vitest';
import { type BackSteps, createLayers } from './layers.ts';

/** A way back as a browser keeps it: entries, and the one that is shown. */
class Way implements BackSteps {
  entries: number[] = [0];
  at = 0;
  moved: () => void = () => {};
  readonly #due: (() => void)[] = [];

  readonly depth = () => this.entries[this.at] ?? 0;
  readonly push = (depth: number) => {
    this.entries = [...this.entries.slice(0, this.at + 1), depth];
    this.at += 1;
  };
  /** A browser makes a step some time after it was asked for. */
  slow = false;
  #asked = 0;
  #overdue: (() => void) | null = null;
  readonly go = (by: number) => {
    if (this.slow) this.#asked += by;
    else this.step(by);
  };
  step(by: number): void {
    this.at = Math.max(0, Math.min(this.entries.length - 1, this.at + by));
    this.moved();
  }
  arrive(): void {
    const by = this.#asked;
    this.#asked = 0;
    this.step(by);
  }
  readonly overdue = (run: () => void) => {
    this.#overdue = run;
    return () => {
      this.#overdue = null;
    };
  };
  lapse(): void {
    this.#overdue?.();
  }
  readonly later = (run: () => void) => this.#due.push(run);

  /** A page is chosen: in the step of a sheet it takes its place, as `go` of the route does. */
  choose(): void {
    if (this.depth() > 0) this.entries[this.at] = 0;
    else this.push(0);
  }

  pass(): void {
    for (const run of this.#due.splice(0)) run();
  }
}

describe('what lies over the page', () => {
  let way: Way;
  let layers: ReturnType<typeof createLayers>;
  let shown: string[];
  const bringOut = (name: string): (() => void) => {
    shown.push(name);
    let leave = (): void => {};
    const away = (): void => {
      shown = shown.filter((one) => one !== name);
      leave();
    };
    leave = layers.cover(away);
    return away;
  };

  /** A dialog that is away, and whose step the browser has still to take back. */
  const putAwaySlowly = (): void => {
    way.slow = true;
    const away = bringOut('dialog');
    away();
    way.pass();
  };

  beforeEach(() => {
    way = new Way();
    layers = createLayers(way);
    way.moved = layers.moved;
    shown = [];
  });

  it('is put away by going back, the last one first, and the page stays', () => {
    bringOut('sheet');
    bringOut('dialog');
    way.go(-1);
    expect(shown).toEqual(['sheet']);
    way.go(-1);
    way.pass();
    expect(shown).toEqual([]);
    expect(way.at).toBe(0);
  });

  it('leaves no step behind when it is put away otherwise', () => {
    const away = bringOut('sheet');
    away();
    way.pass();
    expect([way.at, way.depth()]).toEqual([0, 0]);
  });

  it('gives its step to the page that is chosen in it, so that one step leads back', () => {
    const away = bringOut('sheet');
    way.choose();
    away();
    way.pass();
    expect(way.entries).toEqual([0, 0]);
    way.go(-1);
    expect(way.at).toBe(0);
  });

  it('gives it to the page also when the sheet is put away first', () => {
    const away = bringOut('sheet');
    away();
    way.choose();
    way.pass();
    expect(way.entries).toEqual([0, 0]);
    expect(way.at).toBe(1);
  });

  it('is not brought out again by going forward', () => {
    bringOut('sheet');
    way.go(-1);
    way.pass();
    way.go(1);
    expect(way.at).toBe(0);
    expect(shown).toEqual([]);
  });

  it('takes the step that is there when it is drawn anew', () => {
    const away = bringOut('sheet');
    away();
    bringOut('sheet');
    way.pass();
    expect(way.entries).toEqual([0, 1]);
    expect(way.at).toBe(1);
  });

  it('takes no page back that is gone to while its step is still being taken back', () => {
    putAwaySlowly();
    let page = 'session';
    layers.still(() => {
      page = 'fork';
      way.choose();
    });
    expect([page, way.at]).toEqual(['session', 1]);
    way.arrive();
    expect([page, way.entries, way.at]).toEqual(['fork', [0, 0], 1]);
    layers.still(() => way.choose());
    expect(way.at).toBe(2);
  });

  it('is not put away for having come while the step of another is still being taken back', () => {
    putAwaySlowly();
    bringOut('sheet');
    way.arrive();
    expect([shown, way.entries, way.at]).toEqual([['sheet'], [0, 1], 1]);
    way.step(-1);
    expect(shown).toEqual([]);
  });

  it('lets pages be gone to when a step is never made', () => {
    putAwaySlowly();
    let page = 'session';
    layers.still(() => {
      page = 'fork';
    });
    way.lapse();
    expect(page).toBe('fork');
  });
});
