import type { SessionCommand } from '../protocol/commands.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Actor, Goal, GoalLimits } from '../protocol/values.ts';
import { apply } from './apply.ts';
import { decide, decideNewChat, decideNext } from './decide.ts';
import type { Decided, DecisionContext } from './decision.ts';
import { decideLimitInTurn, decideReport, goalAfterTurn, pauseForRestart } from './goal-decide.ts';
import type { GoalReport } from './goal-text.ts';
import { settleTurn } from './ingest.ts';
import { emptyState, type SessionState } from './state.ts';

export const person: Actor = { kind: 'owner', via: 'window' };
const app: Actor = { kind: 'app', via: 'app' };

/** A session led by hand: commands and words of an agent in, its log out. Does what the orchestrator does, and nothing else. */
export class GoalWorld {
  state: SessionState = emptyState('ses_00000000000000000000' as SessionId);
  readonly log: DurableEvent[] = [];
  now = 1_700_000_000_000;
  limits: GoalLimits = { turns: 12, minutes: null, cost_usd: null };
  possible = true;
  mayApprove = true;
  #ids = 0;

  constructor(mode: 'ask' | 'full' = 'ask') {
    this.commit(
      decideNewChat(
        { type: 'new_chat', command_id: 'c' as never, cwd: '/p', provider: 'scripted' as never, mode },
        '/p',
        person,
      ),
    );
  }

  get goal(): Goal {
    if (!this.state.goal) throw new Error('no goal');
    return this.state.goal;
  }

  commit(events: readonly Decided[]): void {
    for (const { turn_id, event } of events) {
      const { session_id, seq } = this.state;
      const durable = { ...event, session_id, seq: seq + 1, ts: this.now, turn_id } as DurableEvent;
      this.state = apply(this.state, durable);
      this.log.push(durable);
    }
  }

  context(actor: Actor): DecisionContext {
    const id = () => `x_${String(++this.#ids).padStart(20, '0')}`;
    const { now, limits, possible, mayApprove } = this;
    return {
      actor,
      now,
      fresh: { turn_id: id(), message_id: id(), queue_id: id(), approval_id: id(), rule_id: id() } as never,
      canSteer: false,
      mayApprove,
      limits: { idle_ms: null, total_ms: null },
      provider: () => ({ name: 'Scripted', modes: ['ask', 'full'], resume: true, fork: false, live: true }),
      digest: () => null,
      isSlashCommand: () => false,
      hasAttachment: () => true,
      goals: { now, goal_id: `goal_${String(this.#ids).padStart(20, '0')}`, limits, possible, native: false },
    };
  }

  /** @returns the refusal's code, or null. */
  ask(command: Record<string, unknown>): string | null {
    const decided = decide(this.state, command as unknown as SessionCommand, this.context(person));
    if (!decided.ok) return decided.error.code;
    this.commit(decided.value.events);
    return null;
  }

  say(...events: Decided['event'][]): void {
    if (this.state.turn) this.commit(events.map((event) => ({ turn_id: this.state.turn?.turn_id ?? null, event })));
  }

  report(report: GoalReport): boolean {
    const decided = decideReport(this.state, report, this.now);
    if (decided.ok) this.commit(decided.value);
    return decided.ok;
  }

  limitInTurn(reason: string): void {
    this.commit(decideLimitInTurn(this.state, this.now, reason));
  }

  /** The running turn ends; what follows, follows. A stopped one ends as stopped. */
  endTurn(status: 'completed' | 'failed' | 'aborted' = 'completed', ms = 1000): void {
    const { turn } = this.state;
    if (!turn) return;
    this.now += ms;
    const problem = { code: 'provider_failed' as const, message: 'The model is gone.' };
    this.commit(settleTurn(this.state, [], this.now, status === 'failed' ? { status, problem } : { status }));
    const context = this.context(app);
    const next = decideNext(this.state, turn.sendNext, context);
    this.commit([...goalAfterTurn(this.state, next, context), ...next]);
  }

  /** As SIGKILL and a new start: what ran is settled before anybody is let in. */
  restart(): void {
    this.now += 60_000;
    this.commit(settleTurn(this.state, [], this.now, { status: 'interrupted' }));
    this.commit(pauseForRestart(this.state, this.now));
  }

  /** Turns that the goal began. */
  ownTurns(): DurableEvent[] {
    return this.log.filter((event) => event.type === 'user_message' && event.by.kind === 'goal');
  }

  text(text: string): void {
    this.say({ type: 'text', item_id: `i${++this.#ids}`, text });
  }

  act(): void {
    const tool = { tool_call_id: `t${++this.#ids}`, tool: 'Bash', kind: 'execute' as const, title: 'ls' };
    this.say(
      { type: 'tool_activity', phase: 'start', ...tool },
      { type: 'tool_activity', phase: 'end', ...tool, status: 'completed' },
    );
  }

  usage(cost_usd: number): void {
    this.say({ type: 'usage', input_tokens: 10, output_tokens: 5, cost_usd });
  }
}
