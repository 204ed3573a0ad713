import { expect, it } from 'vitest';
import { keyWork } from './key-work.ts';
import { type TraceEvent, tasksOf } from './traced.ts';

const at = (ts: number, name: string, dur: number, type?: string, tdur = dur / 2): TraceEvent => ({
  name,
  ph: 'X',
  pid: 1,
  tid: 1,
  ts: ts * 1000,
  dur: dur * 1000,
  tdur: tdur * 1000,
  args: { data: { type } },
});

it('reads the tasks of a thread with what happened in them, each once', () => {
  const tasks = tasksOf([
    at(3, 'EventDispatch', 1, 'keydown'),
    at(2, 'RunTask', 4),
    at(2.1, 'ThreadControllerImpl::RunTask', 3.8),
    at(8, 'RunTask', 2),
  ]);
  expect(tasks.map(({ cpuMs, events }) => [cpuMs, events.length])).toEqual([
    [2, 1],
    [1, 0],
  ]);
});

it('adds to what a key cost the frame that shows it, and nothing that lies between', () => {
  const tasks = tasksOf([
    at(0, 'RunTask', 2),
    at(0.5, 'EventDispatch', 1, 'keydown'),
    at(3, 'RunTask', 4),
    at(3.5, 'EventDispatch', 1, 'input'),
    // A message of a socket.
    at(8, 'RunTask', 100),
    at(110, 'RunTask', 6),
    at(111, 'Layerize', 1),
    // A frame that shows no key.
    at(120, 'RunTask', 50),
    at(121, 'Layerize', 1),
  ]);
  expect(keyWork(tasks)).toEqual([1 + 2 + 3]);
});

it('counts the frame once that a key is heard in', () => {
  expect(keyWork(tasksOf([at(0, 'RunTask', 6), at(1, 'EventDispatch', 1, 'keydown'), at(4, 'Layerize', 1)]))).toEqual([
    3,
  ]);
});

it('takes no more of the processor for a task than the time it took', () => {
  expect(tasksOf([at(0, 'RunTask', 1, undefined, 4)])[0]?.cpuMs).toBe(1);
});
