import type { DurableEvent } from '../protocol/events.ts';
import type { Reason } from './goal.ts';

/** What a goal needs to know of a turn to judge it when it ends. */
export interface GoalTurn {
  readonly turn_id: string;
  /** It was started by the goal, not by a person. */
  readonly own: boolean;
  /** The agent used a tool or changed a file. */
  readonly acted: boolean;
  /** The agent said something about the goal: progress, that it is reached, or what blocks it. */
  readonly reported: boolean;
  /** A person set the goal, or set it going again, while the turn ran: it goes on even when the turn was stopped. */
  readonly wanted: boolean;
  /** End of the last text of the agent. */
  readonly words: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number;
}

export interface EndedGoalTurn extends GoalTurn {
  readonly status: 'completed' | 'failed' | 'aborted' | 'interrupted';
  readonly ms: number;
  /** Why it failed, for a person. */
  readonly problem: Reason | null;
}

/** How the pursuit of a session's goal stands, beside what the goal itself says. Derived from the log. */
export interface GoalPursuit {
  /** A turn whose first message the goal wrote; its start follows. */
  readonly begins: string | null;
  readonly turn: GoalTurn | null;
  /** The last turn, until the goal has taken note of it. */
  readonly ended: EndedGoalTurn | null;
  /** Turns of the goal in a row in which the agent neither did nor reported anything. */
  readonly idleTurns: number;
  /** What the agent said about the goal since the last turn began: also after its end, while its process is there. */
  readonly reports: number;
}

export const noPursuit: GoalPursuit = { begins: null, turn: null, ended: null, idleTurns: 0, reports: 0 };

/** Characters of the agent's last words that are kept: they may say how the goal stands. */
const keptWords = 2000;

/** How the pursuit stands after one more event. Pure; kept for every session, also for one without a goal: it may get one in a running turn. */
export function followGoal(pursuit: GoalPursuit, event: DurableEvent): GoalPursuit {
  const { turn } = pursuit;
  switch (event.type) {
    case 'user_message':
      return event.by.kind === 'goal' ? { ...pursuit, begins: event.turn_id } : pursuit;
    case 'turn_started': {
      if (event.turn_id === null) return pursuit;
      const own = pursuit.begins === event.turn_id;
      const fresh = {
        acted: false,
        reported: false,
        wanted: false,
        words: '',
        input_tokens: 0,
        output_tokens: 0,
        cost_usd: 0,
      };
      const idleTurns = own ? pursuit.idleTurns : 0;
      return { begins: null, turn: { turn_id: event.turn_id, own, ...fresh }, ended: null, idleTurns, reports: 0 };
    }
    case 'goal_state': {
      const byItself = event.by.kind === 'goal' || event.by.kind === 'app';
      return {
        ...pursuit,
        turn: turn && {
          ...turn,
          reported: turn.reported || event.by.kind === 'goal',
          wanted: byItself ? turn.wanted : event.goal?.status === 'active',
        },
        ended: null,
        // A person who sets it going again gives it a fresh start.
        idleTurns: byItself ? pursuit.idleTurns : 0,
        reports: pursuit.reports + (event.by.kind === 'goal' ? 1 : 0),
      };
    }
    case 'turn_end':
      if (turn === null) return pursuit;
      return {
        ...pursuit,
        begins: null,
        turn: null,
        ended: {
          ...turn,
          status: event.status,
          ms: event.duration_ms,
          problem: event.problem ? { text: event.problem.message, say: event.problem.say } : null,
        },
        idleTurns: turn.own && !turn.acted && !turn.reported ? pursuit.idleTurns + 1 : 0,
      };
  }
  if (turn === null) return pursuit;
  switch (event.type) {
    case 'tool_activity':
    case 'file_edit':
      return turn.acted ? pursuit : { ...pursuit, turn: { ...turn, acted: true } };
    case 'text':
      // What a sub-agent says, it says to the agent.
      if (event.parent_tool_call_id !== undefined) return pursuit;
      return { ...pursuit, turn: { ...turn, words: event.text.slice(-keptWords) } };
    case 'usage':
      return {
        ...pursuit,
        turn: {
          ...turn,
          input_tokens: turn.input_tokens + event.input_tokens,
          output_tokens: turn.output_tokens + event.output_tokens,
          cost_usd: turn.cost_usd + (event.cost_usd ?? 0),
        },
      };
    default:
      return pursuit;
  }
}
