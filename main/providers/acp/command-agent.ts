import type { ProviderKeys } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import { type AcpAgent, type AcpHost, plainQuirks } from './agent.ts';
import { type AcpCommand, agentCommand } from './launch.ts';

export interface CommandAgentOptions extends AcpHost, AcpCommand {
  id: ProviderId;
  /** For people. */
  name: string;
  /** Environment variable that gets the key which the person stored for this agent. */
  keyVariable?: string | undefined;
  keys?: ProviderKeys;
}

/** An agent of which nothing is known but how it is started. */
export function commandAgent(options: CommandAgentOptions): AcpAgent {
  const { name, command, args, keyVariable } = options;
  const line = [command, ...args].join(' ');
  const key = keyVariable === undefined ? '' : `, or store an API key for it (${keyVariable})`;
  const agent: AcpAgent = {
    name,
    command: (runId) => agentCommand(agent, { ...options, variables: variables(options) }, options, runId),
    quirks: plainQuirks,
    words: {
      install: `Check the command in the settings of ${name} ("${line}"), or install what it names.`,
      signIn: `Sign in with ${name} in a terminal, as its documentation says${key}.`,
      tryIt: `Running "${line}" in a terminal in the same folder shows its own messages.`,
      silence: 'It may be waiting for the model provider; you can wait or stop the turn.',
      noResume: `${name} cannot take up an earlier conversation.`,
      say: { agent: 'command', line, key: keyVariable ?? '' },
    },
  };
  return agent;
}

/** The key is asked for at each start, so that a new one counts at once. */
function variables({ variables, keyVariable, keys, id }: CommandAgentOptions): { [name: string]: string } {
  const key = keyVariable === undefined ? null : (keys?.get(id) ?? null);
  return { ...variables, ...(key === null || keyVariable === undefined ? {} : { [keyVariable]: key }) };
}
