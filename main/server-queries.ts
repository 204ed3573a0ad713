import { refuseQuery } from './orchestrator/connection.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import { type QueryHandlers, StorageError } from './orchestrator/ports.ts';
import { noSession, storageProblem } from './orchestrator/problems.ts';
import { isWithin, sessionsWithin } from './orchestrator/restrictions.ts';
import type { Problem } from './protocol/errors.ts';
import { say } from './protocol/saying.ts';
import { AgentSummary, type Costs } from './protocol/server-queries.ts';
import type { ProviderInfo } from './protocol/values.ts';
import type { CostStore, SessionCost } from './storage/cost-store.ts';
import type { KvStore } from './storage/kv-store.ts';
import { storageError } from './storage/storage-error.ts';

/** How the app starts again: replaces itself, or ends because something is known to start it anew. Null: it cannot. */
export type RestartWay = 're-exec' | 'supervisor' | null;

export interface ServerQueryParts {
  orchestrator: Orchestrator;
  costs: CostStore;
  kv: KvStore;
  agents: () => Promise<readonly ProviderInfo[]>;
  /** Looks again at this machine. */
  reload: () => Promise<readonly ProviderInfo[]>;
  restart: { way: () => RestartWay; begin: () => void };
}

type Names =
  | 'agents_overview'
  | 'costs_get'
  | 'session_get'
  | 'reload'
  | 'restart'
  | 'kv_list'
  | 'kv_get'
  | 'kv_put'
  | 'kv_delete';

/** Answers to questions about the server as a whole: what it costs, what it keeps for scripts, and its restart. */
export function createServerQueries(parts: ServerQueryParts): Pick<QueryHandlers, Names> {
  const { orchestrator, costs, kv } = parts;
  return {
    session_get({ session_id }, principal) {
      const session = orchestrator.summaries().find((one) => one.session_id === session_id);
      return session && isWithin(principal, session) ? { session } : refuseQuery(noSession);
    },
    async costs_get({ provider, session_id }, principal) {
      const seen = sessionsWithin(principal, orchestrator.summaries());
      const rows = await costs.all();
      return costsOf(
        rows.filter(
          (one) =>
            seen.has(one.session_id) &&
            (provider === undefined || one.provider === provider) &&
            (session_id === undefined || one.session_id === session_id),
        ),
      );
    },
    async agents_overview() {
      return { agents: (await parts.agents()).map((one) => AgentSummary.parse(one)) };
    },
    async reload() {
      const providers = await parts.reload();
      return { status: 'reloaded', providers: providers.length };
    },
    restart() {
      const by = parts.restart.way();
      if (by === null) return refuseQuery(cannotRestart);
      // After the answer is on its way.
      setTimeout(parts.restart.begin, 50);
      return { status: 'restarting', by };
    },
    kv_list: ({ agent, prefix }) => stored(() => ({ entries: kv.list(agent, prefix) })),
    kv_get: ({ agent, key }) => stored(() => kv.get(agent, key) ?? refuseQuery(noEntry)),
    kv_put: ({ agent, key, value, ttl_ms }) =>
      stored(() => {
        const kept = kv.put(agent, key, value, ttl_ms);
        return kept.ok ? kept.value : refuseQuery(kept.error);
      }),
    kv_delete: ({ agent, key }) => stored(() => (kv.remove(agent, key) ? {} : refuseQuery(noEntry))),
  };
}

/** What the disk refuses is a refusal, not a defect. */
function stored(answer: () => unknown): unknown {
  try {
    return answer();
  } catch (error) {
    const known = storageError(error);
    if (known instanceof StorageError) return refuseQuery(storageProblem(known));
    throw error;
  }
}

function costsOf(rows: readonly SessionCost[]): Costs {
  const bySession = group(rows, (one) => one.session_id);
  const byAgent = group(rows, (one) => one.provider);
  const stats = [...bySession].map(([id, of]) => [id, counted(of)] as const);
  return {
    global_cost: counted(rows).cost,
    session_count: bySession.size,
    session_costs: Object.fromEntries(stats.map(([id, { cost }]) => [id, cost])),
    session_stats: Object.fromEntries(stats),
    by_agent: [...byAgent].map(([agent, of]) => ({ agent, ...counted(of), sessions: of.length })),
  };
}

function counted(rows: readonly SessionCost[]): Costs['session_stats'][string] {
  const total = (field: 'cost_usd' | 'input_tokens' | 'output_tokens' | 'cached_tokens' | 'messages') =>
    rows.reduce((sum, one) => sum + one[field], 0);
  return {
    // Cents of cents: sums of binary fractions are not told with their noise.
    cost: Math.round(total('cost_usd') * 1e6) / 1e6,
    priced: rows.every(({ priced }) => priced),
    input_tokens: total('input_tokens'),
    output_tokens: total('output_tokens'),
    cached_tokens: total('cached_tokens'),
    messages: total('messages'),
  };
}

function group<T>(rows: readonly T[], by: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row]);
  return groups;
}

const noEntry: Problem = {
  code: 'not_found',
  say: say('kv.none'),
  message: 'There is no such key, or its time has run out.',
  impact: 'Nothing was read or changed.',
  next: 'List the keys of this agent to see what there is.',
};
const cannotRestart: Problem = {
  code: 'conflict',
  say: say('app.cannotRestart'),
  message: 'This app cannot start itself again here.',
  impact: 'It goes on running; nothing was stopped.',
  next: 'Start it again by hand, or run it under a supervisor (systemd, or QUARTERDECK_SUPERVISED=1 for any other).',
};
