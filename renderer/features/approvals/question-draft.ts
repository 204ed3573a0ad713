/** An answer that is being chosen: labels, and other words. */
export interface AnswerDraft {
  readonly chosen: readonly string[];
  readonly other: string;
}

export const emptyAnswer: AnswerDraft = { chosen: [], other: '' };

/** One choice replaces the other, words included, unless several are allowed. */
export function toggleOption(draft: AnswerDraft, label: string, multiple: boolean): AnswerDraft {
  if (!multiple) return { chosen: [label], other: '' };
  const chosen = draft.chosen.includes(label) ? draft.chosen.filter((one) => one !== label) : [...draft.chosen, label];
  return { ...draft, chosen };
}

/** The answer as the agent gets it: labels and words, separated by commas. Empty: not answered yet. */
export function answerText({ chosen, other }: AnswerDraft): string {
  return [...chosen, other.trim()].filter((part) => part !== '').join(', ');
}
