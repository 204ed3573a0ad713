import { expect, it } from 'vitest';
import { keyWork } from './key-work.ts';
import { type TraceEvent, tasksOf } from './traced.ts';

const at = (ts: number, name: string, dur: number, type?: string): TraceEvent => ({
  name,
  ph: 'X',
  pid: 1,
  tid: 1,
  ts: ts * 1000,
  dur: dur * 1000,
  tdur: dur * 500,
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
