import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import type { Goal } from '../protocol/values.ts';
import type { GoalReport } from '../sessions/goal-text.ts';

/** Takes an agent's report into the goal of its session. @returns the goal after it, or a refusal in words for the agent. */
export type TakeReport = (report: GoalReport) => Result<Goal, string>;

interface GoalTool {
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodType;
  readonly report: (input: unknown) => Result<GoalReport, string>;
}

/** More than the log keeps, so that a long report is cut rather than refused. */
const words = z.string().trim().min(1).max(100_000);
const evidence = words.describe('What shows it: output of a test, a path, a commit, a number.');

function tool<S extends z.ZodType>(
  title: string,
  description: string,
  input: S,
  report: (input: z.infer<S>) => GoalReport,
): GoalTool {
  return {
    title,
    description,
    input,
    report(given) {
      const parsed = input.safeParse(given ?? {});
      if (parsed.success) return ok(report(parsed.data));
      const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
      return err(`Nothing was recorded. ${wrong.join('; ')}`);
    },
  };
}

/** What an agent can say about the goal of its session. */
export const goalTools: Readonly<Record<string, GoalTool>> = {
  report_progress: tool(
    'Report progress',
    'Records a finished step towards the goal of this session. Call it after each real step.',
    z.object({
      text: words.describe('What was done, one or two sentences.'),
      evidence: evidence.optional(),
      fraction: z.number().min(0).max(1).optional().describe('How much of the whole goal is done now, 0 to 1.'),
    }),
    (input) => ({ kind: 'progress', ...input }),
  ),
  complete_goal: tool(
    'Complete the goal',
    'Ends the goal of this session as reached. Call it only when all of it is done and checked.',
    z.object({ summary: words.describe('What was reached.'), evidence }),
    (input) => ({ kind: 'complete', ...input }),
  ),
  block_goal: tool(
    'Say what blocks the goal',
    'Ends the work on the goal because it cannot go on without a person or something outside. Say exactly what is needed.',
    z.object({ reason: words.describe('What blocks it, and what would help.') }),
    (input) => ({ kind: 'blocked', ...input }),
  ),
};

/** The tools as a tool server lists them. */
export function listedTools(): object[] {
  return Object.entries(goalTools).map(([name, { title, description, input }]) => ({
    name,
    title,
    description,
    inputSchema: z.toJSONSchema(input, { target: 'draft-7' }),
    // They write into the session's own record and nowhere else.
    annotations: { title, readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  }));
}

/** Calls one. @returns what the agent reads; null: there is no such tool. */
export function callTool(name: string, input: unknown, take: TakeReport): { text: string; isError: boolean } | null {
  const called = Object.hasOwn(goalTools, name) ? goalTools[name] : undefined;
  if (!called) return null;
  const report = called.report(input);
  if (!report.ok) return { text: report.error, isError: true };
  const taken = take(report.value);
  return taken.ok ? { text: receipt(taken.value), isError: false } : { text: taken.error, isError: true };
}

function receipt({ status, limits, spent }: Goal): string {
  switch (status) {
    case 'complete':
      return 'Recorded: the goal is complete. Say in a few words what was reached, then end your turn.';
    case 'blocked':
      return 'Recorded: the goal is blocked and waits for a person. End your turn.';
    case 'paused':
      return 'Recorded. A person has paused the goal: end your turn.';
    default:
      return limits.turns === null ? 'Recorded.' : `Recorded. This is turn ${spent.turns} of ${limits.turns}.`;
  }
}
