import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import type { TerminalExit, TerminalListener } from './terminal-process.ts';
import { Terminals } from './terminals.ts';
import type { RpcError } from './wire.ts';

/** Commands that print as much as is kept of one, and end when they are told to. */
function world() {
  const answers = new Map<unknown, object>();
  const refused: RpcError[] = [];
  const listeners: { listener: TerminalListener; end: (exit: TerminalExit) => void }[] = [];
  const terminals = new Terminals({
    env: {},
    cwd: '/w',
    runId: 'r',
    start: ({ outputBytes }, listener) => {
      const process = {
        output: 'x'.repeat(outputBytes),
        truncated: false,
        exit: null as TerminalExit | null,
        kill: async () => {},
      };
      const end = (exit: TerminalExit) => {
        process.exit = exit;
        listener.onExit(exit);
      };
      listeners.push({ listener, end });
      return process;
    },
    answer: (id, result) => answers.set(id, result),
    refuse: (_id, error) => refused.push(error),
    onText: () => {},
    onExit: () => {},
  });
  const open = () => terminals.open(listeners.length, terminals.read({ command: 'print' })!)!;
  const end = (n: number) => listeners[n]!.end({ exitCode: 0, signal: null });
  return { terminals, open, end, refused, answers };
}

describe('what commands that were run for an agent printed', () => {
  it('is not kept for ever: of an agent that has many run, the oldest is let go of, the newest stays', () => {
    const { terminals, open, end } = world();
    const ids = Array.from({ length: 40 }, (_none, n) => {
      const id = open();
      end(n);
      return id;
    });
    const kept = ids.filter((id) => terminals.output(id) !== undefined);
    expect(kept).toEqual(ids.slice(-10));
    expect(terminals.output(kept[0]!)).toHaveLength(4 * limits.toolOutputChars);
  });

  it('is let go of first where the agent released it, and never while the command runs', () => {
    const { terminals, open, end, refused } = world();
    const ids = Array.from({ length: 12 }, open);
    for (const n of [1, 2]) end(n);
    terminals.handle('release', 'terminal/release', { terminalId: ids[2] });
    for (let n = 3; n < ids.length; n++) end(n);
    expect(ids.filter((id) => terminals.output(id) === undefined)).toEqual([ids[2]]);
    terminals.handle('late', 'terminal/output', { terminalId: ids[2] });
    expect(refused).toMatchObject([{ message: 'There is no such terminal.' }]);
  });
});
