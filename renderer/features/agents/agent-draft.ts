import { CustomAgent } from '../../../main/protocol/settings.ts';
import { t } from '../../strings/index.ts';
import { agentId } from './agent-id.ts';
import { formatCommandLine, parseCommandLine } from './command-line.ts';

export interface EnvRow {
  /** Stays the same while the row is edited. */
  key: number;
  name: string;
  value: string;
}

/** An agent as it is being written. */
export interface AgentDraft {
  name: string;
  line: string;
  rows: readonly EnvRow[];
  keyVariable: string;
}

/** What of a draft keeps it from being saved, by field. */
export interface DraftProblems {
  line?: string;
  rows?: string;
  /** The name of a variable that is none. */
  bad?: string;
}

export const emptyDraft: AgentDraft = { name: '', line: '', rows: [], keyVariable: '' };

const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function draftOf(agent: CustomAgent): AgentDraft {
  return {
    name: agent.name,
    line: formatCommandLine(agent),
    rows: Object.entries(agent.env).map(([name, value], key) => ({ key, name, value })),
    keyVariable: agent.key_variable ?? '',
  };
}

/**
 * The agent a draft stands for.
 * @param id - of the agent that is changed; null for a new one, which gets one from its name.
 */
export function agentOf(
  draft: AgentDraft,
  { id, taken, home }: { id: string | null; taken: ReadonlySet<string>; home: string | null },
): { agent: CustomAgent; problems: null } | { agent: null; problems: DraftProblems } {
  const parsed = parseCommandLine(draft.line, home);
  if (!parsed.ok) {
    const { problem } = parsed;
    const line = problem.kind === 'shell' ? t.agents.problems.shell(problem.what) : t.agents.problems[problem.kind];
    return { agent: null, problems: { line } };
  }
  const { command, args, env } = parsed.line;
  const rows = draft.rows.filter((row) => row.name.trim() !== '' || row.value !== '');
  const bad = [...rows.map((row) => row.name.trim()), draft.keyVariable.trim() || 'x'].find(
    (name) => !variable.test(name),
  );
  if (bad !== undefined) return { agent: null, problems: { rows: t.agents.badVariable(bad), bad } };
  const name = draft.name.trim() || nameOf(command, args);
  const read = CustomAgent.safeParse({
    ...{ id: id ?? agentId(name, taken), name, command, args },
    env: { ...env, ...Object.fromEntries(rows.map((row) => [row.name.trim(), row.value])) },
    ...(draft.keyVariable.trim() === '' ? {} : { key_variable: draft.keyVariable.trim() }),
  });
  if (read.success) return { agent: read.data, problems: null };
  return { agent: null, problems: { line: t.agents.problems.command } };
}

/** What an agent without a name is called: its program, or the package npx starts. */
export function nameOf(command: string, args: readonly string[]): string {
  const program =
    command
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.(?:exe|cmd|js|mjs)$/i, '') ?? command;
  const runs = ['npx', 'node', 'bunx', 'uvx', 'pnpm', 'bun', 'python', 'python3'].includes(program);
  const what = runs ? args.find((arg) => !arg.startsWith('-')) : undefined;
  return (
    (what ?? program)
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/(.)@.*$/, '$1')
      .slice(0, 100) || program.slice(0, 100)
  );
}
