import { useStore } from 'zustand';
import { goalAsked } from '../../store/goal-asked.ts';
import { useSession } from '../conversation/session-context.ts';

/** How often a person asked, in words, for the goal of this session. */
export function useGoalAsked(): number {
  const { sessionId } = useSession();
  return useStore(goalAsked, (asked) => asked[sessionId] ?? 0);
}
