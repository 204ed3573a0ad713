import { z } from 'zod';
import { GatewaySettings, type GatewayStatus } from '../../protocol/gateway.ts';
import { ProviderId, SessionId } from '../../protocol/ids.ts';
import { type AgentSummary, Costs } from '../../protocol/server-queries.ts';
import { Settings } from '../../protocol/settings.ts';
import { Capabilities, ModelInfo } from '../../protocol/values.ts';
import { SearchHit } from '../../protocol/views.ts';
import { type Answer, type Route, route } from '../route.ts';
import { answered, askHall, type OwnCall } from './ask.ts';
import type { RestDeps } from './deps.ts';

/** The server's settings: those of the app, and those of the gateway beside them, where this app has one that can be changed. */
const Config = Settings.extend({ gateway: GatewaySettings.optional() });
const ConfigChange = Settings.partial().extend({ gateway: GatewaySettings.partial().optional() });

const Agent = z.object({
  name: ProviderId,
  display_name: z.string(),
  /** The model it takes when none is named; null: its own choice. */
  model: z.string().nullable(),
  /** Other gateways' word for how much it may do; here each session has its own mode. */
  permission_tier: z.literal('supervised'),
  has_tools: z.literal(true),
  state: z.string(),
  version: z.string().nullable(),
  capabilities: Capabilities,
});
const Model = ModelInfo.extend({ provider: ProviderId });

const agentOf = ({ id, name, state, version, capabilities }: AgentSummary): z.infer<typeof Agent> => ({
  name: id,
  display_name: name,
  model: null,
  permission_tier: 'supervised',
  has_tools: true,
  state,
  version: version ?? null,
  capabilities,
});

type Agents = { agents: AgentSummary[] };

/** Agents, models, costs, search, and the server itself. */
export function serverRoutes({ hall }: RestDeps): Route[] {
  const ask = (call: OwnCall, frame: object) => askHall(hall, call, frame);
  const config = async (call: OwnCall): Promise<Answer> => {
    const settings = await ask(call, { type: 'settings_get' });
    if (!settings.ok) return answered(settings);
    const gateway = await ask(call, { type: 'gateway_get' });
    return {
      body: {
        ...(settings.result as { settings: Settings }).settings,
        ...(gateway.ok ? { gateway: (gateway.result as GatewayStatus).settings } : {}),
      },
    };
  };

  return [
    route({
      method: 'GET',
      url: '/api/v1/agents',
      access: 'agents:read',
      tag: 'Agents',
      summary: 'The agents of this machine, and what each can do.',
      answer: () => z.array(Agent),
      handle: async (call) =>
        answered(await ask(call, { type: 'agents_overview' }), ({ agents }: Agents) => agents.map(agentOf)),
    }),
    route({
      method: 'GET',
      url: '/api/v1/models',
      access: 'agents:read',
      tag: 'Agents',
      summary: 'Names of the models that can be chosen.',
      answer: () => z.object({ models: z.array(z.string()) }),
      handle: async (call) =>
        answered(await ask(call, { type: 'agents_overview' }), ({ agents }: Agents) => ({
          models: [...new Set(agents.flatMap(({ models }) => models.map(({ id }) => id)))],
        })),
    }),
    route({
      method: 'GET',
      url: '/api/v1/models/details',
      access: 'agents:read',
      tag: 'Agents',
      summary: 'The models, each with its agent and what is known of it.',
      answer: () => z.object({ models: z.array(Model) }),
      handle: async (call) =>
        answered(await ask(call, { type: 'agents_overview' }), ({ agents }: Agents) => ({
          models: agents.flatMap(({ id, models }) => models.map((model) => ({ ...model, provider: id }))),
        })),
    }),
    route({
      method: 'GET',
      url: '/api/v1/costs',
      access: 'costs:read',
      tag: 'Costs',
      summary: 'What was used, by session and by agent, added up from the record; it survives every restart.',
      query: z.object({ agent: ProviderId.optional(), session_id: SessionId.optional() }),
      answer: () => Costs,
      handle: async (call) =>
        answered(await ask(call, { type: 'costs_get', provider: call.query.agent, session_id: call.query.session_id })),
    }),
    route({
      method: 'GET',
      url: '/api/v1/search',
      access: ['sessions:read', 'imports:read'],
      tag: 'Sessions',
      summary: "Words in every session, and in the CLIs' own conversations that were read.",
      query: z.object({
        text: z.string().trim().min(1).max(500),
        limit: z.coerce.number().int().min(1).max(100).default(30),
      }),
      answer: () => z.object({ hits: z.array(SearchHit), more: z.boolean() }),
      handle: async (call) => answered(await ask(call, { type: 'search', ...call.query })),
    }),
    route({
      method: 'GET',
      url: '/api/v1/server/config',
      access: 'server:read',
      tag: 'Server',
      summary: 'The settings of the app, and those of the gateway under `gateway`. Never a secret.',
      answer: () => Config,
      handle: config,
    }),
    route({
      method: 'PATCH',
      url: '/api/v1/server/config',
      access: ['server:read', 'server:write'],
      tag: 'Server',
      summary: 'Changes what is named; the rest stays. What opens the machine to a network (`gateway`) needs `admin`.',
      body: ConfigChange,
      answer: () => Config,
      async handle(call) {
        const { gateway, ...settings } = call.body;
        // First what can be refused for more reasons: then nothing has changed.
        if (gateway !== undefined) {
          const set = await ask(call, { type: 'gateway_set', settings: gateway });
          if (!set.ok) return answered(set);
        }
        if (Object.keys(settings).length > 0) {
          const set = await ask(call, { type: 'settings_set', settings });
          if (!set.ok) return answered(set);
        }
        return config(call);
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/server/reload',
      access: 'server:write',
      tag: 'Server',
      summary: 'Looks again at what is installed on this machine. Settings count at once and need no reload.',
      answer: () => z.object({ status: z.literal('reloaded'), providers: z.number().int() }),
      handle: async (call) => answered(await ask(call, { type: 'reload' })),
    }),
    route({
      method: 'POST',
      url: '/api/v1/server/restart',
      access: 'server:write',
      tag: 'Server',
      summary: 'Ends the app and starts it again in the same place; running turns are stopped.',
      description:
        'Where the app cannot start itself again and no supervisor is known, it refuses with 409 and goes on running.',
      answer: () => z.object({ status: z.literal('restarting'), by: z.enum(['re-exec', 'supervisor']) }),
      status: 202,
      handle: async (call) => answered(await ask(call, { type: 'restart' })),
    }),
  ];
}
