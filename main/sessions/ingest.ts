/**
 * What a provider says, turned into facts. Pure. The provider's vocabulary is handed in as plain values so that this room needs to know
 * nothing of the ports.
 */

import { canonicalJson } from '../base/canonical-json.ts';
import { isDeeperThan } from '../base/json-depth.ts';
import type { Problem } from '../protocol/errors.ts';
import type { EventOf, OpenItemKind, SessionEvent } from '../protocol/events.ts';
import type { ApprovalId, RuleId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { Actor } from '../protocol/values.ts';
import { providerOf } from './apply.ts';
import { withdrawApprovals } from './decide-message.ts';
import { app, type Decided } from './decision.ts';
import { lapsed, withKept } from './kept-answers.ts';
import { isInside, type RuleSubject, ruleCovers } from './rules.ts';
import type { SessionState } from './state.ts';

/** Text that is still open when a turn ends: this is all there will be. */
export interface LeftOpen {
  item_id: string;
  kind: OpenItemKind;
  text: string;
}

/** Cuts the middle out of output that is too long for the log. */
export function boundedOutput(output: string | undefined): { output?: string; output_omitted?: number } {
  if (output === undefined || output.length <= limits.toolOutputChars) return { output };
  const half = Math.floor(limits.toolOutputChars / 2);
  return { output: output.slice(0, half) + output.slice(-half), output_omitted: output.length - 2 * half };
}

/** Levels of a tool's input that are kept. */
const maxInputDepth = 200;

/** An input too large or too deep for the log is replaced by its beginning, and says so. */
export function boundedInput(input: unknown): unknown {
  if (isDeeperThan(input, maxInputDepth)) return { truncated: true, reason: `nested more than ${maxInputDepth} times` };
  const text = canonicalJson(input ?? null);
  if (text.length <= limits.toolInputChars) return input ?? null;
  return { truncated: true, characters: text.length, beginning: text.slice(0, limits.toolInputChars / 2) };
}

/** Finished blocks; a block over the limit becomes several, so that none is refused. */
export function blockEvents(
  type: 'text' | 'reasoning',
  itemId: string,
  text: string,
  more: { duration_ms?: number; partial?: boolean; parent_tool_call_id?: string },
): SessionEvent[] {
  const events: SessionEvent[] = [];
  for (let at = 0, part = 0; at === 0 || at < text.length; at += limits.blockChars, part += 1) {
    const item_id = part === 0 ? itemId : `${itemId}#${part}`;
    const piece = text.slice(at, at + limits.blockChars);
    const { duration_ms, ...rest } = more;
    if (type === 'text') events.push({ type, item_id, text: piece, ...rest });
    else events.push({ type, item_id, text: piece, duration_ms, ...rest });
  }
  return events;
}

/**
 * Settles a turn: text that was open stays as far as it came, calls that had begun are marked cancelled, approvals nobody can answer any more
 * are withdrawn, then `turn_end`. After this nothing of the turn is open.
 */
export function settleTurn(
  state: SessionState,
  leftOpen: readonly LeftOpen[],
  now: number,
  end: {
    status: EventOf<'turn_end'>['status'];
    problem?: Problem;
    /** The agent, or the app, ended under its own questions: they go on waiting, and their answers are kept for it. */
    keepsApprovals?: boolean;
  },
): Decided[] {
  if (!state.turn) return [];
  const { turn_id, started_at, abortRequested } = state.turn;
  const events: SessionEvent[] = [];
  const partialOutput = new Map<string, string>();
  for (const item of leftOpen) {
    if (item.kind === 'tool_output') partialOutput.set(item.item_id, item.text);
    else if (item.text !== '' && item.kind !== 'tool_input') {
      events.push(...blockEvents(item.kind, item.item_id, item.text, { partial: true }));
    }
  }
  for (const tool of Object.values(state.openTools)) {
    events.push({
      type: 'tool_activity',
      tool_call_id: tool.tool_call_id,
      phase: 'end',
      tool: tool.tool,
      kind: tool.kind,
      title: tool.title,
      status: 'cancelled',
      ...boundedOutput(partialOutput.get(tool.tool_call_id)),
      duration_ms: Math.max(0, now - tool.started_at),
    });
  }
  const status = abortRequested && end.status === 'failed' ? 'aborted' : end.status;
  const turnEnd: SessionEvent = {
    type: 'turn_end',
    status,
    problem: status === 'aborted' ? undefined : end.problem,
    duration_ms: Math.max(0, now - started_at),
  };
  const keeps = end.keepsApprovals === true && !abortRequested;
  return [
    ...events.map((event) => ({ turn_id, event })),
    // What was answered for this turn, or waits since before it, ends with it; unless it could not be brought to its end.
    ...(keeps ? [] : withdrawApprovals(state)),
    ...(keeps ? [] : Object.values(state.kept).map((one) => lapsed(state, one, 'unused'))),
    { turn_id, event: turnEnd },
  ];
}

export interface ApprovalInput extends RuleSubject {
  request: Omit<EventOf<'approval_request'>, 'type' | 'approval_id' | 'digest'>;
  /** All files it would change, also those that `request` does not show. */
  files: readonly string[];
  /** `request` does not show all of it: only a person may answer, and only once. */
  cut: boolean;
  approval_id: ApprovalId;
  digest: string;
  folderRules: readonly { rule_id: string; rule: EventOf<'rule_added'>['rule']; expires_at: number | null }[];
  /** Milliseconds since 1970. */
  now: number;
}

/** Do all files the request would change lie in the folder? What an adapter says of it as a whole is not enough. */
function liesIn({ path, files }: ApprovalInput, folder: string): boolean {
  if (path === undefined || !isInside(path, folder)) return false;
  return files.every((file) => isInside(file, folder));
}

const stands = ({ expires_at }: { expires_at: number | null }, { now }: ApprovalInput): boolean =>
  expires_at === null || expires_at > now;

function covers(rule: EventOf<'rule_added'>['rule'], input: ApprovalInput): boolean {
  return ruleCovers(rule, input) && (rule.match !== 'folder' || liesIn(input, rule.pattern));
}

/**
 * A request of the agent: recorded, and answered at once where a rule, or full access, covers it. Questions always wait for a person.
 */
export function decideApprovalRequest(state: SessionState, input: ApprovalInput): Decided[] {
  const turn_id = state.turn?.turn_id ?? null;
  const request: EventOf<'approval_request'> = {
    ...input.request,
    type: 'approval_request',
    approval_id: input.approval_id,
    digest: input.digest,
  };
  if (!state.turn || state.turn.abortRequested) {
    const { approval_id, digest } = input;
    const withdrawal: SessionEvent = { type: 'approval_resolved', approval_id, decision: 'withdrawn', digest, by: app };
    return [request, withdrawal].map((event) => ({ turn_id, event }));
  }
  return withKept(state, request, input.cut, answeredAtOnce(state, input, request));
}

/** The request, and its answer where a rule or a mode gives it. */
function answeredAtOnce(state: SessionState, input: ApprovalInput, request: EventOf<'approval_request'>): Decided[] {
  const turn_id = state.turn?.turn_id ?? null;
  const resolved = (by: Actor, decision: EventOf<'approval_resolved'>['decision']): Decided[] => [
    { turn_id, event: request },
    {
      turn_id,
      event: { type: 'approval_resolved', approval_id: input.approval_id, decision, digest: input.digest, by },
    },
  ];
  if (input.kind === 'question') return [{ turn_id, event: request }];
  if (state.mode === 'full') return resolved({ kind: 'mode', name: 'Full access', via: 'app' }, 'allow_once');
  // What cannot be shown in full is never taken as seen.
  if (input.cut) return [{ turn_id, event: request }];
  if (state.mode === 'accept-edits' && input.kind === 'edit' && input.path && liesIn(input, state.cwd)) {
    return resolved({ kind: 'mode', name: 'Accept edits', via: 'app' }, 'allow_once');
  }
  // Planning changes nothing, so no earlier answer speaks for it.
  if (state.mode === 'plan') return [{ turn_id, event: request }];
  const rule: { rule_id: RuleId | string } | undefined =
    state.rules.find((one) => one.provider === providerOf(state) && stands(one, input) && covers(one.rule, input)) ??
    input.folderRules.find((one) => stands(one, input) && covers(one.rule, input));
  if (rule) return resolved({ kind: 'rule', id: rule.rule_id, via: 'app' }, 'allow_once');
  return [{ turn_id, event: request }];
}
