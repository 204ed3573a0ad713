import { z } from 'zod';
import type { Problem } from '../../protocol/errors.ts';
import { ApprovalId } from '../../protocol/ids.ts';
import { say } from '../../protocol/saying.ts';
import { ApprovalRecord } from '../../protocol/views.ts';
import { type Answer, type Call, type Route, route } from '../route.ts';
import { answered, askHall, type OwnCall } from './ask.ts';
import type { RestDeps } from './deps.ts';
import { PageQuery, pageOf } from './paging.ts';

const tag = 'Approvals';
const Status = z.enum(['pending', 'approved', 'denied', 'expired']);

/** An approval, also under the names other gateways have for its fields. */
export const RestApproval = ApprovalRecord.extend({
  id: ApprovalId,
  agent_name: z.string(),
  status: Status,
  /** One line, as other gateways say it. */
  summary: z.string(),
  /** What the tool would get, as JSON text. */
  payload: z.string(),
  callback_data: z.string(),
  conversation_id: z.string(),
  created_at: z.number().int(),
  resolved_at: z.number().int().nullable(),
  /** Name of who answered, or what kind of client it was; `answer.by` has the rest. */
  resolved_by: z.string().nullable(),
});

const statusOf = ({ status, answer }: ApprovalRecord): z.infer<typeof Status> =>
  status === 'pending' || !answer
    ? 'pending'
    : answer.decision === 'withdrawn'
      ? 'expired'
      : answer.decision === 'deny'
        ? 'denied'
        : 'approved';

const restApproval = (record: ApprovalRecord): z.input<typeof RestApproval> => ({
  ...record,
  id: record.approval_id,
  agent_name: record.provider,
  status: statusOf(record),
  summary: `Execute tool "${record.tool}" with args: ${JSON.stringify(record.input ?? null)}`,
  payload: JSON.stringify(record.input ?? null),
  callback_data: `appr:${record.approval_id}`,
  conversation_id: record.session_id,
  created_at: record.ts,
  resolved_at: record.answer?.ts ?? null,
  resolved_by: record.answer ? (record.answer.by.name ?? record.answer.by.kind) : null,
});

const noApproval: Problem = {
  code: 'not_found',
  say: say('approval.unknown'),
  message: 'There is no such approval.',
  impact: 'Nothing was answered.',
  next: 'Look at the list of approvals for the right id.',
};

const Params = z.object({ id: ApprovalId });
const Verdict = z
  .object({
    /** On deny: told to the agent. */
    message: z.string().max(10_000),
    /** One of the answers the agent offers in its own words. */
    option_id: z.string().max(200),
    /** Of a question: question -> chosen label(s). */
    answers: z.record(z.string().max(2000), z.string().max(10_000)),
  })
  .partial()
  .optional();

export function approvalRoutes(deps: RestDeps): Route[] {
  const find = async (call: OwnCall, approval_id: ApprovalId) => {
    const found = await askHall(deps.hall, call, { type: 'approvals_list', approval_id, limit: 1 });
    const problem = found.ok ? noApproval : found.error;
    const record = found.ok ? (found.result as { approvals: ApprovalRecord[] }).approvals[0] : undefined;
    return record ? { ok: true as const, record } : { ok: false as const, refusal: { refusal: { problem } } };
  };
  const answer = async (
    call: Call<'somebody', { id: ApprovalId }, unknown, z.output<typeof Verdict>>,
    decision: string,
  ): Promise<Answer> => {
    const found = await find(call, call.params.id);
    if (!found.ok) return found.refusal;
    const { session_id, approval_id } = found.record;
    const command = { type: 'approval_response', session_id, approval_id, decision, ...call.body };
    const done = await askHall(deps.hall, call, command, 'answer');
    if (!done.ok) return answered(done);
    const after = await find(call, approval_id);
    return after.ok ? { body: restApproval(after.record) } : after.refusal;
  };

  return [
    route({
      method: 'GET',
      url: '/api/v1/approvals',
      access: 'approvals:read',
      tag,
      summary:
        'What agents asked to be allowed, the newest first: what waits, and what was answered, by whom and from where.',
      query: z.object({ ...PageQuery, status: Status.optional(), session_id: z.string().max(80).optional() }),
      answer: () => z.array(RestApproval),
      async handle(call) {
        const { status, ...query } = call.query;
        const kind = status === undefined ? undefined : status === 'pending' ? 'pending' : 'answered';
        const page = await askHall(deps.hall, call, { type: 'approvals_list', ...query, status: kind });
        if (!page.ok) return answered(page);
        const { approvals, next } = page.result as { approvals: ApprovalRecord[]; next: string | null };
        const rows = approvals.map(restApproval).filter((one) => status === undefined || one.status === status);
        return pageOf(call.request.url, rows, next);
      },
    }),
    route({
      method: 'GET',
      url: '/api/v1/approvals/:id',
      access: 'approvals:read',
      tag,
      summary: 'One approval: everything the tool would get, and the answer when there is one.',
      params: Params,
      answer: () => RestApproval,
      async handle(call) {
        const found = await find(call, call.params.id);
        return found.ok ? { body: restApproval(found.record) } : found.refusal;
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/approvals/:id/approve',
      access: ['approvals:read', 'approvals:write'],
      tag,
      summary:
        'Allows it: once, for the session, or for good in this folder. The first answer counts; a later one gets 409 that says who gave it.',
      idempotent: true,
      params: Params,
      query: z.object({ auto_approve: z.enum(['session', 'permanent']).optional() }),
      body: Verdict,
      answer: () => RestApproval,
      handle: (call) =>
        answer(
          call,
          { session: 'allow_session', permanent: 'allow_always', once: 'allow_once' }[
            call.query.auto_approve ?? 'once'
          ],
        ),
    }),
    route({
      method: 'POST',
      url: '/api/v1/approvals/:id/deny',
      access: ['approvals:read', 'approvals:write'],
      tag,
      summary: 'Refuses it; `message` is told to the agent.',
      idempotent: true,
      params: Params,
      body: Verdict,
      answer: () => RestApproval,
      handle: (call) => answer(call, 'deny'),
    }),
  ];
}
