import type { DurableEvent } from '../../../main/protocol/events.ts';
import { addLine } from './add-line.ts';
import { type Draft, withoutLimit } from './draft.ts';

/** What events mean for the session as a whole: its settings, its queue, its rules, what the next agent will be told. */

type Placed<T extends DurableEvent['type']> = Extract<DurableEvent, { type: T }>;

export function sessionChanged(draft: Draft, event: Placed<'session_changed'>): void {
  const { view } = draft;
  const before = view.meta;
  if (!before) return;
  view.meta = {
    ...before,
    title: event.title ?? before.title,
    cwd: event.cwd ?? before.cwd,
    provider: event.provider ?? before.provider,
    effort: event.effort === undefined ? before.effort : event.effort,
    model: event.model === undefined ? before.model : event.model,
    mode: event.mode ?? before.mode,
    archived: event.archived ?? before.archived,
  };
  if (event.provider !== undefined && event.provider !== before.provider) {
    // The model and the CLI's names belong to the agent before.
    view.meta = { ...view.meta, model: event.model ?? null, effort: event.effort ?? null, cli: null };
    view.usage = null;
    addLine(draft, event, { type: 'provider', provider: event.provider, by: event.by });
    return;
  }
  if (event.cwd !== undefined && event.cwd !== before.cwd) {
    const text = `The session works in ${event.cwd} now.`;
    addLine(draft, event, { type: 'notice', level: 'info', code: 'moved', text, raw: null });
  }
  if (event.effort !== undefined && event.effort !== before.effort) {
    addLine(draft, event, { type: 'effort', effort: event.effort, by: event.by });
  }
  if (event.model !== undefined && event.model !== before.model) {
    addLine(draft, event, { type: 'model', model: event.model, by: event.by });
  }
  if (event.mode !== undefined && event.mode !== before.mode) {
    addLine(draft, event, { type: 'mode', mode: event.mode, by: event.by });
  }
  if (event.archived !== undefined && event.archived !== before.archived) {
    addLine(draft, event, { type: 'archived', archived: event.archived, by: event.by });
  }
}

export function queueMoved(draft: Draft, event: Placed<'queue_moved'>): void {
  const moved = draft.view.queue.find((one) => one.queueId === event.queue_id);
  if (!moved) return;
  const rest = draft.view.queue.filter((one) => one !== moved);
  const before = event.before === null ? -1 : rest.findIndex((one) => one.queueId === event.before);
  draft.view.queue = rest.toSpliced(before < 0 ? rest.length : before, 0, moved);
}

export function providerSession(draft: Draft, event: Placed<'provider_session'>): void {
  const { view } = draft;
  const seenBy = new Map(view.seenBy);
  if (event.provider_session_id === null) seenBy.delete(event.provider);
  // A branch of a conversation of the CLI has all of it; a fresh one begins with nothing.
  else if (event.branch) seenBy.set(event.provider, event.seq);
  else if (!seenBy.has(event.provider)) seenBy.set(event.provider, 0);
  view.seenBy = seenBy;
  if (!view.meta || view.meta.provider !== event.provider) return;
  view.meta = {
    ...view.meta,
    cli:
      event.provider_session_id === null
        ? null
        : { sessionId: event.provider_session_id, version: event.version, model: event.model },
  };
}

const lapses: Record<Placed<'approval_lapsed'>['reason'], string> = {
  unused: 'The agent did not ask again, so the answer that was kept for it does not count any more.',
  other_action: 'The agent did something else first, so the answer that was kept for it does not count any more.',
  changed: 'What the agent asks for looks different now, so the answer that was kept for it does not count any more.',
  moved_on: 'The session has moved on, so the answer that was kept for the agent does not count any more.',
  withdrawn: 'The answer that was kept for the agent was taken back.',
};

export function approvalLapsed(draft: Draft, event: Placed<'approval_lapsed'>): void {
  addLine(draft, event, {
    type: 'notice',
    level: 'info',
    code: 'approval_lapsed',
    text: lapses[event.reason],
    raw: null,
  });
}

/** Rules of the folder live in the settings; those of the session in here. */
export function ruleChanged(draft: Draft, event: Placed<'rule_added' | 'rule_removed'>): void {
  const { view } = draft;
  if (event.type === 'rule_removed') {
    const gone = view.rules.find((one) => one.ruleId === event.rule_id);
    view.rules = view.rules.filter((one) => one !== gone);
    if (gone) addLine(draft, event, { type: 'rule_removed', rule: gone.rule, by: event.by });
    return;
  }
  addLine(draft, event, { type: 'rule', rule: event.rule, scope: event.scope, by: event.by });
  if (event.scope === 'folder') return;
  const turn = event.turn_id === null ? null : draft.knownTurn(event.turn_id);
  const provider = turn?.provider ?? view.meta?.provider ?? null;
  view.rules = [...view.rules, { ruleId: event.rule_id, rule: event.rule, provider, by: event.by }];
}

export function compacted(draft: Draft, event: Placed<'compacted'>): void {
  const { view } = draft;
  const compaction = {
    trigger: event.trigger,
    before: event.tokens_before ?? null,
    after: event.tokens_after ?? null,
    ts: event.ts,
  };
  view.compacted = compaction;
  if (view.usage && compaction.after !== null) view.usage = { ...view.usage, context_tokens: compaction.after };
  addLine(draft, event, { type: 'compacted', ...compaction });
}

/** A person's "keep going" is worth a line; that the agent gave a sign again is not. */
export function limitExtended(draft: Draft, event: Placed<'limit_extended'>): void {
  const turn = event.turn_id === null ? null : draft.knownTurn(event.turn_id);
  if (turn) turn.warnings = withoutLimit(turn, event.limit);
  if (event.by.kind !== 'app') addLine(draft, event, { type: 'limit_extended', endsAt: event.ends_at, by: event.by });
}

/** A line when a goal is set, stops, goes on or ends; what it has used and what the agent reports stands elsewhere. */
export function goalChanged(draft: Draft, event: Placed<'goal_state'>): void {
  const { view } = draft;
  const before = view.goal;
  const { goal, by } = event;
  view.goal = goal;
  if (!goal) return;
  const isNew = before?.goal_id !== goal.goal_id;
  if (isNew) addLine(draft, event, { type: 'goal', change: 'set', text: goal.objective, by });
  else if (before.status !== goal.status && !isToldByCall(draft, event)) {
    addLine(draft, event, { type: 'goal', change: goal.status, text: goal.reason ?? '', by });
  }
}

/** What the agent reports by a call of the goal's tools stands there already. */
function isToldByCall(draft: Draft, { turn_id, by }: Placed<'goal_state'>): boolean {
  const turn = turn_id === null || by.kind !== 'goal' ? null : draft.peek(turn_id);
  return turn?.items.some((item) => item.kind === 'tool' && item.status === 'running') === true;
}
