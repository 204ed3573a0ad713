import type { DurableEvent, EventOf } from '../../../main/protocol/events.ts';
import { addLine } from './add-line.ts';
import { type Draft, findTool, patchTool, type WritableTurn, withoutLimit } from './draft.ts';
import { followDigest } from './follow-digest.ts';
import { hasKey } from './item-index.ts';
import {
  approvalLapsed,
  compacted,
  goalChanged,
  limitExtended,
  providerSession,
  queueMoved,
  ruleChanged,
  sessionChanged,
} from './reduce-session.ts';
import { rewound } from './rewind.ts';
import type { Item, ToolItem } from './view.ts';

type Placed<T extends DurableEvent['type']> = Extract<DurableEvent, { type: T }>;

/** Puts one durable event into the draft. The caller has checked that it is the next one. */
export function reduceEvent(draft: Draft, event: DurableEvent): void {
  const { view } = draft;
  view.seq = event.seq;
  followDigest(draft, event);
  switch (event.type) {
    case 'session_created':
      view.meta = {
        title: event.title,
        cwd: event.cwd,
        provider: event.provider,
        model: event.model,
        effort: event.effort ?? null,
        mode: event.mode,
        archived: false,
        createdAt: event.ts,
        origin: event.origin ?? null,
        cli: null,
      };
      return;
    case 'session_changed':
      sessionChanged(draft, event);
      return;
    case 'provider_session':
      providerSession(draft, event);
      return;
    case 'message_queued':
      view.queue = [
        ...view.queue,
        { queueId: event.queue_id, text: event.text, attachments: event.attachments ?? [], by: event.by },
      ];
      return;
    case 'queue_edited':
      view.queue = view.queue.map((one) => (one.queueId === event.queue_id ? { ...one, text: event.text } : one));
      return;
    case 'queue_removed':
      view.queue = view.queue.filter((one) => one.queueId !== event.queue_id);
      return;
    case 'queue_moved':
      queueMoved(draft, event);
      return;
    case 'notice':
      addLine(draft, event, {
        type: 'notice',
        level: event.level,
        code: event.code,
        text: event.text,
        say: event.say ?? null,
        raw: event.raw ?? null,
      });
      return;
    case 'rule_added':
    case 'rule_removed':
      ruleChanged(draft, event);
      return;
    case 'approval_request':
      approvalRequest(draft, event);
      return;
    case 'approval_resolved': {
      const approval = view.approvals.get(event.approval_id);
      if (approval) draft.setApproval(event.approval_id, { ...approval, resolved: { ...event, at: event.ts } });
      view.waiting = view.waiting.filter((id) => id !== event.approval_id);
      return;
    }
    case 'approval_lapsed':
      approvalLapsed(draft, event);
      return;
    case 'digest':
      return;
    case 'rewound':
      rewound(draft, event);
      return;
    case 'compacted':
      compacted(draft, event);
      return;
    case 'plan_limits':
      view.planLimits = new Map(view.planLimits).set(event.provider, event.limits);
      return;
    case 'goal_state':
      goalChanged(draft, event);
      return;
    case 'limit_extended':
      limitExtended(draft, event);
      return;
    default:
      if (event.turn_id !== null) reduceTurnEvent(draft, draft.turn(event.turn_id, event.ts), event);
  }
}

type TurnEvent = Placed<
  | 'user_message'
  | 'turn_started'
  | 'text'
  | 'reasoning'
  | 'tool_activity'
  | 'file_edit'
  | 'plan'
  | 'abort_requested'
  | 'limit_warning'
  | 'usage'
  | 'turn_end'
>;

function reduceTurnEvent(draft: Draft, turn: WritableTurn, event: TurnEvent): void {
  switch (event.type) {
    case 'user_message':
      turn.items.push({
        kind: 'user',
        key: event.message_id,
        seq: event.seq,
        ts: event.ts,
        text: event.text,
        attachments: event.attachments ?? [],
        by: event.by,
      });
      return;
    case 'turn_started':
      turn.startedAt = event.ts;
      turn.provider = event.provider;
      turn.model = event.model;
      turn.effort = event.effort ?? null;
      turn.digest = event.digest ?? null;
      draft.view.runningTurn = turn.turnId;
      return;
    case 'text':
    case 'reasoning':
      closeOpen(turn, event.item_id);
      turn.items.push({
        kind: event.type,
        key: freshKey(turn, event.item_id, event.seq),
        seq: event.seq,
        parentId: event.parent_tool_call_id ?? null,
        text: event.text,
        partial: event.partial ?? false,
        durationMs: event.type === 'reasoning' ? (event.duration_ms ?? null) : null,
      });
      return;
    case 'tool_activity':
      toolActivity(turn, event);
      return;
    case 'file_edit': {
      draft.addChange({ seq: event.seq, ts: event.ts, toolCallId: event.tool_call_id, diff: event.diff });
      const at = findTool(turn, event.tool_call_id);
      if (at >= 0) patchTool(turn, at, { diffs: [...(turn.items[at] as ToolItem).diffs, event.diff] });
      else
        turn.items.push({
          ...newTool(event.tool_call_id, event),
          toolKind: 'edit',
          diffs: [event.diff],
          title: event.diff.path,
          status: 'completed',
        });
      return;
    }
    case 'plan': {
      draft.view.plan = { seq: event.seq, ts: event.ts, entries: event.entries };
      const at = turn.items.findIndex((item) => item.kind === 'plan');
      const plan: Item = { kind: 'plan', key: `plan-${turn.turnId}`, entries: event.entries };
      if (at >= 0) turn.items[at] = plan;
      else turn.items.push(plan);
      return;
    }
    case 'abort_requested':
      turn.stopping = true;
      turn.warnings = [];
      return;
    case 'limit_warning':
      turn.warnings = [...withoutLimit(turn, event.limit), { limit: event.limit, endsAt: event.ends_at }];
      return;
    case 'usage': {
      const usage: EventOf<'usage'> = event;
      turn.usage = usage;
      draft.view.usage = usage;
      return;
    }
    case 'turn_end':
      turn.status = event.status;
      turn.problem = event.problem ?? null;
      turn.durationMs = event.duration_ms;
      turn.stopping = false;
      turn.warnings = [];
      if (turn.provider && draft.view.seenBy.has(turn.provider)) {
        draft.view.seenBy = new Map(draft.view.seenBy).set(turn.provider, event.seq);
      }
      // The log has what there is of these by now; a call without an end will never get one.
      turn.open = [];
      turn.items = turn.items.map((item) =>
        item.kind === 'tool' && item.status === 'running' ? { ...item, status: 'cancelled' } : item,
      );
      if (draft.view.runningTurn === turn.turnId) draft.view.runningTurn = null;
      return;
  }
}

function toolActivity(turn: WritableTurn, event: Placed<'tool_activity'>): void {
  closeOpen(turn, event.tool_call_id);
  let at = findTool(turn, event.tool_call_id);
  if (at < 0) {
    at = turn.items.length;
    turn.items.push(newTool(event.tool_call_id, event));
  }
  const before = turn.items[at] as ToolItem;
  const common: Partial<ToolItem> = {
    tool: event.tool,
    toolKind: event.kind,
    title: event.title || before.title,
    parentId: event.parent_tool_call_id ?? before.parentId,
    input: event.input === undefined ? before.input : event.input,
  };
  if (event.phase === 'start') {
    patchTool(turn, at, { ...common, startedAt: event.ts });
    return;
  }
  patchTool(turn, at, {
    ...common,
    status: event.status ?? 'completed',
    output: event.output ?? '',
    outputOmitted: event.output_omitted ?? 0,
    exitCode: event.exit_code ?? null,
    durationMs: event.duration_ms ?? null,
  });
}

function approvalRequest(draft: Draft, event: Placed<'approval_request'>): void {
  draft.setApproval(event.approval_id, { request: event, turnId: event.turn_id, askedAt: event.ts, resolved: null });
  draft.view.waiting = [...draft.view.waiting, event.approval_id];
  if (event.turn_id === null) return;
  const turn = draft.turn(event.turn_id, event.ts);
  closeOpen(turn, event.tool_call_id);
  let at = findTool(turn, event.tool_call_id);
  if (at < 0) {
    at = turn.items.length;
    turn.items.push({
      ...newTool(event.tool_call_id, event),
      tool: event.tool,
      toolKind: event.kind,
      title: event.title,
      input: event.input,
    });
  }
  patchTool(turn, at, { approvals: [...(turn.items[at] as ToolItem).approvals, event.approval_id] });
}

function newTool(toolCallId: string, { seq, ts }: { seq: number; ts: number }): ToolItem {
  return {
    kind: 'tool',
    key: toolCallId,
    seq,
    toolCallId,
    parentId: null,
    tool: '',
    toolKind: 'other',
    title: '',
    input: undefined,
    status: 'running',
    startedAt: ts,
    durationMs: null,
    exitCode: null,
    output: '',
    outputOmitted: 0,
    diffs: [],
    approvals: [],
  };
}

function closeOpen(turn: WritableTurn, itemId: string): void {
  if (turn.open.some((item) => item.itemId === itemId)) {
    turn.open = turn.open.filter((item) => item.itemId !== itemId);
  }
}

/** An item keeps its key when it is finished, so that what is on screen stays the same element. */
function freshKey(turn: WritableTurn, itemId: string, seq: number): string {
  return hasKey(turn.items, itemId) ? `${itemId}~${seq}` : itemId;
}
