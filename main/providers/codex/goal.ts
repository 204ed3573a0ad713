import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { say } from '../../protocol/saying.ts';
import { type Fields, fields } from '../shared/fields.ts';
import { notice } from './notices.ts';
import type { Thread } from './thread.ts';

/**
 * The goal of a thread. An active one makes Codex begin turn after turn by itself, which nobody could limit; so it is kept paused: the app begins
 * the turns, and the agent still sees the goal and says by its own tool when it is reached.
 */
export class NativeGoal {
  readonly #emit: (event: ProviderEvent) => void;
  #wanted: string | null = null;

  constructor(emit: (event: ProviderEvent) => void) {
    this.#emit = emit;
  }

  /** For the turns to come; a goal that is taken away is gone at once. */
  set(objective: string | null, thread: Thread | null): void {
    this.#wanted = objective;
    if (objective !== null || thread === null || thread.id === null || thread.goal === null) return;
    thread.goal = null;
    thread.server.request('thread/goal/clear', { threadId: thread.id, origin: 'automatic' });
  }

  /** Gives it to the thread, if it has not got it. @param then - called when it has; that it is refused changes nothing for the turn. */
  assert(thread: Thread, then: () => void): void {
    const objective = this.#wanted;
    if (objective === null || objective === thread.goal) {
      then();
      return;
    }
    thread.goal = objective;
    const goal = { threadId: thread.id, objective, status: 'paused', origin: 'automatic' };
    thread.server.request('thread/goal/set', goal, then);
  }

  /** @param params - of `thread/goal/updated`: `{ turnId, goal: { objective, status } }`. @param turnId - of the running turn. */
  updated(params: Fields, thread: Thread, turnId: string | null): void {
    const { status, objective } = fields(params.goal);
    if (status === 'active') {
      // The agent set itself one, or it is the person's own from a terminal.
      thread.server.request('thread/goal/set', { threadId: thread.id, status: 'paused', origin: 'automatic' });
      if (thread.goal === null) this.#emit(ownGoalNotice());
    }
    if (turnId === null || params.turnId !== turnId || thread.goal === null || objective !== thread.goal) return;
    if (status === 'complete' || status === 'blocked') this.#emit({ type: 'goal', status });
  }
}

const ownGoalNotice = () =>
  notice(
    'info',
    'goal_paused',
    'Codex has a goal of its own in this conversation. It was paused, because this app begins every turn: set a goal here to have it pursued.',
    say('notice.ownGoal'),
  );
