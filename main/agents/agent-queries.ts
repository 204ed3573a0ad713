import { refuseQuery } from '../orchestrator/connection.ts';
import { type QueryHandlers, StorageError } from '../orchestrator/ports.ts';
import { storageProblem } from '../orchestrator/problems.ts';
import { say } from '../protocol/saying.ts';
import type { CustomAgents } from './custom-agents.ts';

/** Answers about the agents the person added. */
export function createAgentQueries(
  agents: CustomAgents,
): Pick<QueryHandlers, 'agents_list' | 'agents_save' | 'agents_delete' | 'agents_test'> {
  const stored = <T>(work: () => T) => {
    try {
      return work();
    } catch (error) {
      if (error instanceof StorageError) return refuseQuery(storageProblem(error));
      throw error;
    }
  };
  return {
    agents_list: () => ({ agents: agents.list() }),
    agents_save: ({ agent }) =>
      stored(() => {
        const saved = agents.save(agent);
        return saved.ok ? {} : refuseQuery(saved.error);
      }),
    agents_delete: ({ id }) =>
      stored(() =>
        agents.remove(id)
          ? {}
          : refuseQuery({
              code: 'not_found',
              say: say('agents.gone'),
              message: 'There is no such agent, or it is gone already.',
              impact: 'Nothing was changed.',
              next: 'Look at the list again.',
            }),
      ),
    agents_test: ({ agent }) => agents.test(agent),
  };
}
