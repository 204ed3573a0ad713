import type { DurableEvent } from '../protocol/events.ts';
import type { Actor, Attachment } from '../protocol/values.ts';
import type { DecisionContext } from '../sessions/decision.ts';
import { composeDigest } from '../sessions/digest.ts';
import type { SessionState } from '../sessions/state.ts';
import type { CommandMemory } from './command-memory.ts';
import type { OrchestratorDeps } from './deps.ts';
import type { Goals } from './goals.ts';
import { readEvent, type SessionRuntime } from './session-runtime.ts';

/** Events read at once. */
const page = 1000;

/** The log of a session from behind an event on, read as it is asked for. */
export function* readLog(runtime: SessionRuntime, afterSeq: number): Generator<DurableEvent> {
  let at = afterSeq;
  while (at < runtime.seq()) {
    const events = runtime.read(at, page);
    if (events.length === 0) return;
    for (const event of events) yield readEvent(runtime.session_id, event);
    at = events.at(-1)!.seq;
  }
}

const minuteMs = 60_000;

/** What a decision about this session may use now. */
export function createContext(
  deps: OrchestratorDeps,
  parts: { commands: CommandMemory; goals: Goals },
  runtime: SessionRuntime,
  actor: Actor,
  mayApprove = true,
  /** Of a session that is just being opened: what it will be. */
  state: SessionState = runtime.state,
): DecisionContext {
  const { entropy, providers } = deps;
  const settings = deps.settings();
  const { turn } = state;
  const steers = turn !== null && providers.get(turn.provider)?.capabilities.steer === true;
  const ms = (minutes: number | null) => (minutes === null ? null : minutes * minuteMs);
  return {
    actor,
    now: deps.clock.now(),
    mayApprove,
    canSteer: steers && runtime.live !== null && !turn.abortRequested,
    fresh: {
      turn_id: entropy.id('turn'),
      message_id: entropy.id('msg'),
      queue_id: entropy.id('q'),
      approval_id: entropy.id('apr'),
      rule_id: entropy.id('rule'),
    } as DecisionContext['fresh'],
    limits: { idle_ms: ms(settings.turn_idle_minutes), total_ms: ms(settings.turn_total_minutes) },
    provider(id) {
      const found = providers.get(id);
      if (!found) return null;
      const { modes, resume, fork } = found.capabilities;
      return { name: found.name, modes, resume, fork, live: runtime.live !== null && runtime.liveProvider === id };
    },
    digest: (afterSeq, beforeSeq) => composeDigest(readLog(runtime, afterSeq), beforeSeq),
    isSlashCommand: (text) => parts.commands.isCommand(state.provider, state.cwd, text),
    hasAttachment: (attachment: Attachment) => deps.attachments.has(attachment),
    goals: parts.goals.context(state),
  };
}
