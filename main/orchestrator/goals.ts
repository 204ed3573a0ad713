import type { Clock } from '../base/clock.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { ProviderId, SessionId } from '../protocol/ids.ts';
import type { Goal, GoalLimits } from '../protocol/values.ts';
import type { Decided } from '../sessions/decision.ts';
import { costLimit, type GoalReason, isOpen, timeLeft, timeLimit } from '../sessions/goal.ts';
import { decideLimitInTurn, decideReport, type GoalContext } from '../sessions/goal-decide.ts';
import type { GoalReport } from '../sessions/goal-text.ts';
import type { SessionState } from '../sessions/state.ts';
import type { Entropy, McpServer, Provider, ProviderEvent, ProviderSession } from './ports.ts';
import type { SessionRuntime } from './session-runtime.ts';

/** The app's own tool server, as the core sees it. */
export interface GoalTools {
  /** What one CLI is given to report on the goal of its session; null: there is no such server. The token holds while `alive` says so. */
  grant(session_id: SessionId, alive: () => boolean): McpServer | null;
}

/** No tools: agents report in words. */
export const noGoalTools: GoalTools = { grant: () => null };

export interface GoalDeps {
  clock: Clock;
  entropy: Entropy;
  providers: ReadonlyMap<ProviderId, Provider>;
  /** What a new goal gets. */
  goalLimits: () => GoalLimits;
  goalTools: GoalTools;
  /** Commits what cannot be refused and carries out what follows from it. @returns whether it is on disk. */
  record: (runtime: SessionRuntime, build: (state: SessionState) => Decided[]) => boolean;
  runtime: (session_id: SessionId) => SessionRuntime | null;
}

/** The goals of all sessions, where they meet the world: tools, clocks, the CLI's own goals. What follows from what is decided in `sessions/goal-decide.ts`. */
export class Goals {
  readonly #deps: GoalDeps;
  /** CLIs that were started for a session with a goal, so with the tools where there are any. */
  readonly #equipped = new WeakSet<ProviderSession>();
  /** The objective each CLI with goals of its own was told last. */
  readonly #told = new WeakMap<ProviderSession, string | null>();
  /** Ends the watch over the running turn's time. */
  readonly #watches = new Map<SessionId, () => void>();

  constructor(deps: GoalDeps) {
    this.#deps = deps;
  }

  context(state: SessionState): GoalContext {
    const { clock, entropy, goalLimits } = this.#deps;
    const goals = this.#deps.providers.get(state.provider)?.capabilities.goals ?? 'none';
    return {
      now: clock.now(),
      goal_id: entropy.id('goal'),
      limits: goalLimits(),
      possible: goals !== 'none',
      native: goals === 'native',
    };
  }

  /** The tool servers a CLI of this session is started with now: only one that pursues a goal gets any. */
  servers(runtime: SessionRuntime): McpServer[] {
    const { state, session_id } = runtime;
    const provider = this.#deps.providers.get(state.turn?.provider ?? state.provider);
    if (!isOpen(state.goal) || !provider?.capabilities.mcp_servers) return [];
    let started: ProviderSession | null = null;
    // The CLI calls once it runs; from then on the token is that process's alone.
    const server = this.#deps.goalTools.grant(session_id, () => {
      started ??= runtime.live;
      return started !== null && started === runtime.live;
    });
    return server ? [server] : [];
  }

  /** A CLI was started with what `servers` gave. */
  started(runtime: SessionRuntime, live: ProviderSession): void {
    // Also where there were no tools to give: another start would bring none either.
    if (isOpen(runtime.state.goal)) this.#equipped.add(live);
    this.#tell(runtime, live);
  }

  /** Whether a turn of the goal should have another CLI process than this one, which was started before there was a goal. */
  lacksTools(runtime: SessionRuntime, live: ProviderSession): boolean {
    const provider = this.#deps.providers.get(runtime.state.turn?.provider ?? runtime.state.provider);
    if (!provider?.capabilities.mcp_servers || this.#equipped.has(live)) return false;
    return isOpen(runtime.state.goal) && runtime.state.pursuit.turn?.own === true;
  }

  /** The CLI's own goal follows ours. */
  #tell(runtime: SessionRuntime, live: ProviderSession): void {
    const { goal } = runtime.state;
    const objective = isOpen(goal) ? (goal?.objective ?? null) : null;
    if ((this.#told.get(live) ?? null) === objective) return;
    // What is reached stays as the CLI has it.
    if (goal?.status !== 'complete') live.setGoal?.(objective);
    this.#told.set(live, objective);
  }

  /** What committed events ask for. */
  react(runtime: SessionRuntime, events: readonly Decided[]): void {
    for (const { event } of events) {
      if (event.type === 'turn_started' || event.type === 'turn_end') this.#watch(runtime);
      else if (event.type === 'usage') this.#spent(runtime);
      else if (event.type === 'goal_state') {
        if (runtime.live) this.#tell(runtime, runtime.live);
        this.#watch(runtime);
      }
    }
  }

  /** A turn of the goal ends at the goal's time limit. */
  #watch(runtime: SessionRuntime): void {
    this.#watches.get(runtime.session_id)?.();
    this.#watches.delete(runtime.session_id);
    const { goal, turn, pursuit } = runtime.state;
    if (goal?.status !== 'active' || !turn || pursuit.turn?.own !== true) return;
    const left = timeLeft(goal);
    if (left === null) return;
    const due = Math.max(0, turn.started_at + left - this.#deps.clock.now());
    // Longer than a timer can hold is longer than anybody waits.
    if (due > 2_000_000_000) return;
    const cancel = this.#deps.clock.after(due, () => {
      this.#watches.delete(runtime.session_id);
      this.#limit(runtime, timeLimit(goal.limits.minutes ?? 0));
    });
    this.#watches.set(runtime.session_id, cancel);
  }

  /** A turn of the goal ends at the goal's limit of money, as soon as the CLI tells of it. */
  #spent(runtime: SessionRuntime): void {
    const { goal, pursuit } = runtime.state;
    if (goal?.status !== 'active' || pursuit.turn?.own !== true || goal.limits.cost_usd === null) return;
    const cost = goal.spent.cost_usd + pursuit.turn.cost_usd;
    if (cost < goal.limits.cost_usd) return;
    this.#limit(runtime, costLimit(goal.limits.cost_usd, cost));
  }

  #limit(runtime: SessionRuntime, reason: GoalReason): void {
    const now = this.#deps.clock.now();
    this.#deps.record(runtime, (state) => decideLimitInTurn(state, now, reason));
  }

  /** An agent reports by the tools. @returns the goal after it, or a refusal in words for the agent. */
  report(session_id: SessionId, report: GoalReport): Result<Goal, string> {
    const runtime = this.#deps.runtime(session_id);
    if (!runtime) return err('This session is gone.');
    const now = this.#deps.clock.now();
    const decided = decideReport(runtime.state, report, now);
    if (!decided.ok) return decided;
    const waiting = runtime.stalled.length;
    // Decided anew when it is written: until the disk takes it, the goal may become another.
    const stored = this.#deps.record(runtime, (state) => {
      const then = decideReport(state, report, now);
      return then.ok ? then.value : [];
    });
    if (!stored && runtime.stalled.length > waiting)
      return err('The disk takes nothing now. The report is kept and will be stored; do not send it again.');
    if (!stored) return err('The report could not be stored now. Try again later.');
    const { goal } = runtime.state;
    return goal ? ok(goal) : err('This session has no goal.');
  }

  /** The CLI's own goal changed. Only what its agent says counts: how far to go is decided here. */
  hear(runtime: SessionRuntime, event: Extract<ProviderEvent, { type: 'goal' }>): void {
    const report = reportOf(event);
    if (report) this.report(runtime.session_id, report);
  }

  close(): void {
    for (const cancel of this.#watches.values()) cancel();
    this.#watches.clear();
  }
}

function reportOf({ status, reason, progress }: Extract<ProviderEvent, { type: 'goal' }>): GoalReport | null {
  if (status === 'complete')
    return { kind: 'complete', summary: progress?.text ?? reason, evidence: progress?.evidence };
  if (status === 'blocked') return { kind: 'blocked', reason };
  return progress ? { kind: 'progress', ...progress } : null;
}
