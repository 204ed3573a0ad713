import type { Problem } from '../../protocol/errors.ts';
import { say, sayWith } from '../../protocol/saying.ts';
import type { ProviderInfo } from '../../protocol/values.ts';
import type { FoundExecutable } from '../process/find-executable.ts';

/**
 * How an agent stands whose program is not there, or is there and cannot be started.
 * @param about.problem - what is said of it when it is to be used.
 * @param about.next - what to do, also when it is not there.
 */
export function missingCli(
  { rejected: [first] }: Extract<FoundExecutable, { found: false }>,
  about: { name: string; variable: string; installCommand: string; problem: Problem; next: string },
): Pick<ProviderInfo, 'state' | 'path' | 'problem'> {
  const { name, variable, installCommand, next } = about;
  const { message, say: said } = about.problem;
  if (first === undefined)
    return { state: 'not_found', problem: { say: said, message, next, command: installCommand } };
  const advice = say('next.reinstall', { name, path: first.path, errno: first.errno, variable });
  return { state: 'broken', path: first.path, problem: { say: sayWith(said, advice), message, next } };
}
