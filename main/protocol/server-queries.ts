import { z } from 'zod';
import { ProviderId, SessionId } from './ids.ts';
import { query } from './query.ts';
import { ProviderInfo } from './values.ts';

const whole = z.number().int().nonnegative();
const counted = {
  /** What the agents said it costs, US dollars. */
  cost: z.number(),
  /** Every agent of it tells what it costs; else `cost` is only a part. */
  priced: z.boolean(),
  input_tokens: whole,
  output_tokens: whole,
  cached_tokens: whole,
  /** Messages of people and agents. */
  messages: whole,
};

/** What was used, added up from the `usage` events of the log. */
export const Costs = z.object({
  global_cost: z.number(),
  session_count: whole,
  /** Dollars by session. */
  session_costs: z.record(z.string(), z.number()),
  session_stats: z.record(z.string(), z.object(counted)),
  by_agent: z.array(z.object({ agent: ProviderId, ...counted, sessions: whole })),
});
export type Costs = z.infer<typeof Costs>;

/** An agent as clients choose one. */
export const AgentSummary = ProviderInfo.pick({
  id: true,
  name: true,
  state: true,
  version: true,
  models: true,
  capabilities: true,
});
export type AgentSummary = z.infer<typeof AgentSummary>;

/** What was used, of all sessions or one, of all agents or one. Answer: `Costs`. */
export const CostsGet = query('costs_get', { provider: ProviderId.optional(), session_id: SessionId.optional() });
/**
 * The agents of this machine and their models, without where they are installed and who is signed in to them (`list_providers` tells that). Answer:
 * `{agents: AgentSummary[]}`.
 */
export const AgentsOverview = query('agents_overview', {});
/** One line of the session list. Answer: `{session: SessionSummary}`. */
export const SessionGet = query('session_get', { session_id: SessionId });
/** Looks again at what is installed on this machine and at the keys it holds. Running sessions go on. Answer: `{status: 'reloaded', providers}`. */
export const Reload = query('reload', {});
/** Ends the app and starts it again, in the same place. Running turns are stopped, as at every end. Answer: `{status: 'restarting', by}`. */
export const Restart = query('restart', {});

export const serverQueries = [CostsGet, SessionGet, AgentsOverview, Reload, Restart] as const;
