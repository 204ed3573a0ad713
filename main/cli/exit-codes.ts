/** How a verb ended, as scripts see it. */
export const exitCodes = {
  completed: 0,
  failed: 1,
  usage: 2,
  /** The turn was stopped, or the app ended under it. */
  stopped: 3,
  /** The turn completed, but something was refused because nobody was there to approve it. */
  refusedUnattended: 4,
  /** It was refused before it began: no such folder, session or provider; the app cannot be reached. */
  refused: 5,
} as const;
