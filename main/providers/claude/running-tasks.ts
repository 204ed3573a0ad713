import { type Fields, fields, list, string } from '../shared/fields.ts';

/** Kinds of tasks (`task_type`) that the agent waits for: when one ends, the CLI goes on with the turn by itself. */
const agents: ReadonlySet<string> = new Set(['local_agent', 'local_workflow', 'in_process_teammate']);

interface Task {
  toolCallId: string | undefined;
  agent: boolean;
}

/**
 * What the CLI runs beside its answer: sub-agents (newer versions start them in the background and end their own turn meanwhile) and
 * commands. Read from the `task_*` lines and `background_tasks_changed`.
 */
export class RunningTasks {
  readonly #tasks = new Map<string, Task>();
  /** Sub-agents in the background, as the CLI last listed them. */
  #background: ReadonlySet<string> = new Set();

  /** `task_started`. */
  started(line: Fields): { taskId: string; toolCallId: string; kind: 'command' | 'agent' | 'other' } | null {
    const taskId = string(line.task_id);
    if (taskId === undefined) return null;
    const toolCallId = string(line.tool_use_id);
    const type = string(line.task_type) ?? '';
    const agent = agents.has(type);
    this.#tasks.set(taskId, { toolCallId, agent });
    if (toolCallId === undefined) return null;
    return { taskId, toolCallId, kind: agent ? 'agent' : type === 'local_bash' ? 'command' : 'other' };
  }

  /** `task_notification`: it is over. @returns the tool call that began it. */
  ended(line: Fields): string | undefined {
    const taskId = string(line.task_id) ?? '';
    const task = this.#tasks.get(taskId);
    this.#tasks.delete(taskId);
    return string(line.tool_use_id) ?? task?.toolCallId;
  }

  /** `background_tasks_changed`: the whole set. */
  background(line: Fields): void {
    const ids = list(line.tasks)
      .map(fields)
      .filter((task) => agents.has(string(task.task_type) ?? ''))
      .map((task) => string(task.task_id) ?? '');
    this.#background = new Set(ids);
  }

  /** The call under which a sub-agent works. @param agentId - the id of its task, as its lines and requests carry it. */
  callOfAgent(agentId: string | undefined): string | undefined {
    return agentId === undefined ? undefined : this.#tasks.get(agentId)?.toolCallId;
  }

  get agentsRunning(): boolean {
    return this.#background.size > 0;
  }

  clear(): void {
    this.#tasks.clear();
    this.#background = new Set();
  }
}
