import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import type { Problem } from '../../protocol/errors.ts';
import { cliEnvironment } from '../process/environment.ts';
import { type FoundExecutable, findExecutable, usualPlaces } from '../process/find-executable.ts';
import type { AcpHost } from './agent.ts';
import { type Named, notFound, notUsable } from './problems.ts';

/** How a person says that an agent is started. */
export interface AcpCommand {
  /** The program: a name on PATH or an absolute path. Never a shell. */
  command: string;
  args: readonly string[];
  /** Variables it gets beside the usual ones, its API key for one. Nothing that looks like a secret is passed on unless it stands here. */
  variables?: { readonly [name: string]: string };
}

export function findAgent({ command }: AcpCommand, { env, home }: AcpHost): FoundExecutable {
  return findExecutable({ name: command, env, home, override: isAbsolute(command) ? command : undefined });
}

/** What one run of it is started with. */
export function agentCommand(
  agent: Named,
  command: AcpCommand,
  host: AcpHost,
  runId: string,
): { file: string; args: readonly string[]; env: { [name: string]: string } } | { problem: Problem } {
  const found = findAgent(command, host);
  if (!found.found) {
    const [rejected] = found.rejected;
    if (rejected !== undefined) return { problem: notUsable(agent, rejected.path, rejected.errno) };
    return { problem: notFound(agent, `Looked at ${found.looked} places on PATH and in the usual folders.`) };
  }
  const { variables = {} } = command;
  const path = [dirname(found.path), ...usualPlaces(host.env, host.home)].filter((folder) => existsSync(folder));
  const env = { ...cliEnvironment({ ...host.env, ...variables }, { own: Object.keys(variables), path, runId }) };
  return { file: found.path, args: command.args, env };
}
