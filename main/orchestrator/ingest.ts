import { canonicalJson } from '../base/canonical-json.ts';
import type { Clock } from '../base/clock.ts';
import type { SessionEvent } from '../protocol/events.ts';
import type { ApprovalId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { PlanLimit } from '../protocol/values.ts';
import { providerOf } from '../sessions/apply.ts';
import { type Decided, ofTurn } from '../sessions/decision.ts';
import { blockEvents, boundedInput, boundedOutput, decideApprovalRequest } from '../sessions/ingest.ts';
import { lapsedByCall } from '../sessions/kept-answers.ts';
import type { SessionState } from '../sessions/state.ts';
import type { Entropy, ProviderEvent, RuleStore } from './ports.ts';
import type { SessionRuntime } from './session-runtime.ts';

interface Translated {
  build: (state: SessionState) => Decided[];
  /** Open items that these facts finish. */
  closes?: string[];
}

/** What becomes a fact, one for one. The rest is text that grows, or asks for something to be done. */
type Fact = Exclude<
  ProviderEvent,
  { type: 'item_delta' | 'item_replace' | 'turn_end' | 'closed' | 'resume_lost' | 'commands' | 'goal' }
>;

const oneEvent =
  (event: SessionEvent) =>
  (state: SessionState): Decided[] => [{ turn_id: state.turn?.turn_id ?? null, event }];

/** Files of one request that are shown. */
const maxDiffs = 200;

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** A provider's word as facts of the log; null when it comes too late to belong to a turn. */
export function ingest(
  event: Fact,
  runtime: SessionRuntime,
  deps: { rules: RuleStore; entropy: Entropy; clock: Clock },
): Translated | null {
  const { state } = runtime;
  switch (event.type) {
    case 'session': {
      const { provider_session_id, version, model } = event;
      const provider = state.turn?.provider ?? state.provider;
      return { build: oneEvent({ type: 'provider_session', provider, provider_session_id, version, model }) };
    }
    case 'notice':
      return {
        build: oneEvent({
          ...event,
          text: cut(event.text, 4000),
          raw: event.raw === undefined ? undefined : cut(event.raw, limits.rawLineChars),
        }),
      };
    case 'mode':
      if (event.mode === state.mode) return { build: () => [] };
      return { build: oneEvent({ type: 'session_changed', mode: event.mode, by: { kind: 'app', via: 'app' } }) };
    case 'usage':
      return { build: oneEvent(event) };
    case 'compaction': {
      const { trigger, tokens_before, tokens_after } = event;
      return { build: oneEvent({ type: 'compacted', trigger, tokens_before, tokens_after }) };
    }
    case 'plan_limits':
      return { build: (at) => planLimitsFact(at, event.limits.slice(0, 20)) };
  }
  if (!state.turn) return null;
  switch (event.type) {
    case 'text':
    case 'reasoning': {
      const { parent_tool_call_id } = event;
      const more = event.type === 'reasoning' ? { duration_ms: event.duration_ms } : {};
      const events = blockEvents(event.type, event.item_id, event.text, { ...more, parent_tool_call_id });
      return {
        build: (at) => events.map((one) => ({ turn_id: at.turn?.turn_id ?? null, event: one })),
        closes: [event.item_id],
      };
    }
    case 'tool_start': {
      const { type: _type, title, input, ...rest } = event;
      const fact: SessionEvent = {
        type: 'tool_activity',
        phase: 'start',
        ...rest,
        title: cut(title, 1000),
        input: boundedInput(input),
      };
      return {
        build: oneEvent(fact),
        closes: runtime.items.get(event.tool_call_id)?.kind === 'tool_input' ? [event.tool_call_id] : [],
      };
    }
    case 'tool_end': {
      const { tool_call_id, status, exit_code, duration_ms } = event;
      // The finished call has its whole output; where the adapter gives none, what was streamed of it is kept.
      const open = runtime.items.get(tool_call_id);
      const streamed = open?.kind === 'tool_output' ? open.since(0) : undefined;
      return {
        build: (at) => {
          const tool = at.openTools[tool_call_id];
          if (!tool) return [];
          const fact: SessionEvent = {
            type: 'tool_activity',
            tool_call_id,
            phase: 'end',
            tool: tool.tool,
            kind: tool.kind,
            title: tool.title,
            status,
            ...boundedOutput(event.output ?? streamed),
            exit_code,
            duration_ms,
          };
          return [ofTurn(at, fact), ...lapsedByCall(at, tool_call_id, status)];
        },
        closes: [tool_call_id],
      };
    }
    case 'file_edit':
    case 'plan':
      return { build: oneEvent(event) };
    case 'approval_request':
      return requestFact(event, runtime, deps);
    case 'approval_withdrawn': {
      const found = [...runtime.refs].find(([, ref]) => ref === event.ref);
      if (!found) return { build: () => [] };
      const [approval_id] = found;
      return {
        build: (at) => {
          const pending = at.approvals[approval_id];
          if (!pending) return [];
          const { digest } = pending;
          const fact: SessionEvent = {
            type: 'approval_resolved',
            approval_id: pending.approval_id,
            decision: 'withdrawn',
            digest,
            by: { kind: 'app', via: 'app' },
          };
          return [{ turn_id: at.turn?.turn_id ?? null, event: fact }];
        },
      };
    }
  }
}

/** Said with every answer of a CLI; written down only when it is something new. */
function planLimitsFact(state: SessionState, limits: PlanLimit[]): Decided[] {
  const provider = providerOf(state);
  if (state.planLimits[provider] === canonicalJson(limits)) return [];
  return [ofTurn(state, { type: 'plan_limits', provider, limits })];
}

function requestFact(
  event: Extract<Fact, { type: 'approval_request' }>,
  runtime: SessionRuntime,
  deps: { rules: RuleStore; entropy: Entropy; clock: Clock },
): Translated {
  const { ref, tool_call_id, tool, kind, title, input, command, diff, diffs, options, path, reason, rule, questions } =
    event;
  const { cwd } = runtime.state;
  const approval_id = deps.entropy.id('apr') as ApprovalId;
  const digest = deps.entropy.sha256(canonicalJson([tool, input ?? null, cwd]));
  runtime.refs.set(approval_id, ref);
  const hidden = Math.max(0, (diffs?.length ?? 0) - maxDiffs);
  const request = {
    tool_call_id,
    tool,
    kind,
    title:
      hidden === 0
        ? cut(title, 1000)
        : `${cut(title, 900)} (and ${hidden} more ${hidden === 1 ? 'file that is' : 'files that are'} not shown)`,
    command,
    diff,
    diffs: diffs?.slice(0, maxDiffs),
    options: options?.slice(0, 20),
    input: boundedInput(input),
    reason,
    rule: hidden === 0 ? rule : null,
    questions,
    cwd,
  };
  return {
    build: (at) =>
      decideApprovalRequest(at, {
        tool,
        kind,
        input,
        command,
        path,
        request,
        files: (diffs ?? []).map((one) => one.path),
        cut: hidden > 0,
        approval_id,
        digest,
        folderRules: deps.rules.forFolder(cwd, providerOf(at)),
        now: deps.clock.now(),
      }),
  };
}
