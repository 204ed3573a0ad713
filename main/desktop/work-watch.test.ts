import { describe, expect, it } from 'vitest';
import type { SessionId } from '../protocol/ids.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { watchWork } from './work-watch.ts';

function session(name: string, status: SessionSummary['status'], archived = false) {
  return { session_id: `ses_${name}` as SessionId, status, archived };
}

function watched(...before: ReturnType<typeof session>[]) {
  const told: (boolean | number)[] = [];
  const changed = watchWork(before, { keepAwake: (awake) => told.push(awake), showWaiting: (n) => told.push(n) });
  return { told, changed };
}

describe('the signs of work', () => {
  it('keep the machine awake from the first turn that runs to the end of the last', () => {
    const { told, changed } = watched();
    changed(session('a', 'running'));
    changed(session('b', 'running'));
    changed(session('a', 'idle'));
    expect(told).toEqual([true]);
    changed(session('b', 'failed'));
    expect(told).toEqual([true, false]);
  });

  it('let the machine sleep while the only turn waits for a person, and count it', () => {
    const { told, changed } = watched(session('a', 'running'));
    changed(session('a', 'waiting'));
    expect(told).toEqual([true, false, 1]);
    changed(session('a', 'running'));
    expect(told).toEqual([true, false, 1, true, 0]);
  });

  it('count what waited before the start, once for each session, and nothing that was archived', () => {
    const { told, changed } = watched(session('a', 'waiting'), session('b', 'waiting'), session('c', 'waiting', true));
    expect(told).toEqual([2]);
    changed(session('a', 'waiting'));
    expect(told).toEqual([2]);
    changed(session('b', 'waiting', true));
    expect(told).toEqual([2, 1]);
  });
});
