import type { ToolItem } from '../../store/transcript/view.ts';
import { inputText } from '../tools/tool-input.ts';

/** What the agent told of its goal by a call of one of the app's own tools. */
export interface GoalStep {
  readonly kind: 'progress' | 'complete' | 'blocked';
  /** Its words; empty while they are not known. */
  readonly text: string;
}

/** The tools of the app's server, and the field that holds the words. */
const tools: Readonly<Record<string, { kind: GoalStep['kind']; field: string }>> = {
  report_progress: { kind: 'progress', field: 'text' },
  complete_goal: { kind: 'complete', field: 'summary' },
  block_goal: { kind: 'blocked', field: 'reason' },
};

/** As the CLIs name the tools of a server: Claude Code and most agents, Gemini CLI, Codex. The whole name and nothing else. */
const ours = /^(?:mcp__quarterdeck(?:__|\.)|mcp_quarterdeck_|quarterdeck(?:\.|: ?|__|\/))([a-z_]+)$/;

/** The step that a call is; null when it is none. */
export function goalStepOf({
  tool,
  title,
  toolKind,
  input,
}: Pick<ToolItem, 'tool' | 'title' | 'toolKind' | 'input'>): GoalStep | null {
  if (toolKind !== 'other') return null;
  for (const name of [tool, title]) {
    const method = ours.exec(name)?.[1];
    if (method === undefined || !Object.hasOwn(tools, method)) continue;
    const { kind, field } = tools[method]!;
    return { kind, text: inputText(input, field) ?? '' };
  }
  return null;
}
