import { z } from 'zod';
import { ProviderId, SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { RuleMatch } from '../../protocol/values.ts';
import { FolderRule, type SessionRule } from '../../protocol/views.ts';
import { type Route, route } from '../route.ts';
import { answered, askHall, commandIdOf } from './ask.ts';
import type { RestDeps } from './deps.ts';

const tag = 'Auto-approve rules';

/** A rule, also under the names other gateways have for its fields. */
export const RestRule = FolderRule.omit({ cwd: true }).extend({
  id: z.string(),
  agent_name: ProviderId,
  tool_name: z.string(),
  /** `permanent`: of a folder, until it is taken back. */
  scope: z.enum(['session', 'permanent']),
  /** Of `permanent`: the folder. */
  cwd: z.string().nullable(),
  /** Of `session`: the session. */
  conversation_id: z.string().nullable(),
  created_by: z.string(),
});

const restRule = (rule: FolderRule | SessionRule) => ({
  ...rule,
  id: rule.rule_id,
  agent_name: rule.provider,
  tool_name: rule.rule.tool,
  scope: 'cwd' in rule ? 'permanent' : 'session',
  cwd: 'cwd' in rule ? rule.cwd : null,
  conversation_id: 'cwd' in rule ? null : rule.session_id,
  created_by: rule.by.name ?? rule.by.kind,
});

const NewRule = z.object({
  agent: ProviderId,
  tool: z.string().trim().min(1).max(200),
  scope: z.enum(['session', 'permanent']).default('permanent'),
  /** Of `session`: which. */
  conversation_id: SessionId.optional(),
  /** Of `permanent`: the folder it holds in. */
  cwd: z.string().min(1).max(limits.pathChars).optional(),
  match: RuleMatch.shape.match.default('any'),
  pattern: RuleMatch.shape.pattern.default(''),
  label: RuleMatch.shape.label.optional(),
  /** It may cover everything a tool can do that runs programs; needs `admin`. */
  unlimited: z.boolean().optional(),
  /** Milliseconds since 1970. */
  expires_at: z.number().int().positive().optional(),
});

type Rules = { rules: FolderRule[]; session_rules: SessionRule[] };

export function ruleRoutes({ hall }: RestDeps): Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/v1/auto-approve',
      access: 'approvals:read',
      tag,
      summary: 'Rules by which requests are allowed without asking: those of folders, and those of sessions.',
      query: z.object({ agent: ProviderId.optional() }),
      answer: () => z.array(RestRule),
      handle: async (call) =>
        answered(await askHall(hall, call, { type: 'rules_list' }), ({ rules, session_rules }: Rules) =>
          [...rules, ...(session_rules ?? [])]
            .filter(({ provider }) => call.query.agent === undefined || provider === call.query.agent)
            .map(restRule),
        ),
    }),
    route({
      method: 'POST',
      url: '/api/v1/auto-approve',
      access: 'approvals:write',
      tag,
      summary: 'Makes a rule: for one session, or for every session of an agent in a folder.',
      idempotent: true,
      body: NewRule,
      status: 201,
      answer: () => z.object({ id: z.string(), rule_id: z.string() }),
      async handle(call) {
        const { agent, scope, conversation_id, cwd, expires_at, ...rule } = call.body;
        const frame =
          scope === 'session'
            ? { type: 'add_session_rule', session_id: conversation_id, rule, expires_at }
            : { type: 'rules_create', once: commandIdOf(call), cwd, provider: agent, rule, expires_at };
        return answered(await askHall(hall, call, frame), (made: { rule_id: string }) => ({
          ...made,
          id: made.rule_id,
        }));
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/auto-approve/:id',
      access: ['approvals:read', 'approvals:write'],
      tag,
      summary: 'Takes a rule back, of a folder or of a session; from now on it is asked again.',
      idempotent: true,
      params: z.object({ id: z.string().min(1).max(80) }),
      answer: () => z.object({ status: z.literal('deleted') }),
      async handle(call) {
        const rule_id = call.params.id;
        const known = await askHall(hall, call, { type: 'rules_list' });
        if (!known.ok) return answered(known);
        const ofSession = (known.result as Rules).session_rules?.find((one) => one.rule_id === rule_id);
        const frame = ofSession
          ? { type: 'remove_session_rule', session_id: ofSession.session_id, rule_id }
          : { type: 'rules_delete', rule_id };
        return answered(await askHall(hall, call, frame, 'delete'), () => ({ status: 'deleted' }));
      },
    }),
  ];
}
