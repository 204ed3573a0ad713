import { fields, list, string } from '../shared/fields.ts';
import type { AppServer } from './app-server.ts';

/**
 * The CLI's own way to end commands; where the process table cannot be read it is the only one.
 * @param items - ids of the `commandExecution` items whose commands are to end; those of other turns go on.
 */
export async function endCommands(
  server: AppServer,
  threadId: string | null,
  items: ReadonlySet<string>,
): Promise<void> {
  const answer = await server.ask('thread/backgroundTerminals/list', { threadId });
  const terminals = list(answer.ok ? answer.result.data : [])
    .map(fields)
    .filter(({ itemId }) => items.has(string(itemId) ?? ''));
  await Promise.all(
    terminals.map(({ processId }) => server.ask('thread/backgroundTerminals/terminate', { threadId, processId })),
  );
}

/** Waits for an answer, but not longer. Real time: a process that hangs must not hold up the end of a turn. */
export function withinTime(answer: Promise<unknown>, ms: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
