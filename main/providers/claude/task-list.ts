import type { PlanEntry } from '../../protocol/values.ts';
import { fields, list, string } from '../shared/fields.ts';

const maxEntries = 500;

/**
 * The agent's plan, put together from its to-do tools: `TodoWrite` brings the whole list at once, `TaskCreate` and `TaskUpdate` (newer
 * versions) one entry at a time, with the id of a new one only in the result.
 */
export interface TaskList {
  /** A tool call began. @returns the new plan, when it changed. */
  started(tool: string, input: unknown): PlanEntry[] | null;
  /** A tool call succeeded. `result` is the CLI's `tool_use_result`. */
  ended(tool: string, input: unknown, result: unknown): PlanEntry[] | null;
}

export function createTaskList(): TaskList {
  const tasks = new Map<string, PlanEntry>();
  return {
    started(tool, input) {
      if (tool !== 'TodoWrite') return null;
      return list(fields(input).todos)
        .slice(0, maxEntries)
        .flatMap((todo) => {
          const text = string(fields(todo).content);
          return text === undefined ? [] : [{ text, status: statusOf(fields(todo).status) }];
        });
    },
    ended(tool, input, result) {
      const given = fields(input);
      if (tool === 'TaskCreate') {
        const task = fields(fields(result).task);
        const id = string(task.id);
        const text = string(task.subject) ?? string(given.subject);
        if (id === undefined || text === undefined || tasks.size >= maxEntries) return null;
        tasks.set(id, { text, status: 'pending' });
      } else if (tool === 'TaskUpdate') {
        const id = string(given.taskId) ?? '';
        const known = tasks.get(id);
        if (known === undefined) return null;
        if (given.status === 'deleted') tasks.delete(id);
        else {
          const status = given.status === undefined ? known.status : statusOf(given.status);
          tasks.set(id, { text: string(given.subject) ?? known.text, status });
        }
      } else return null;
      return [...tasks.values()];
    },
  };
}

function statusOf(value: unknown): PlanEntry['status'] {
  return value === 'completed' || value === 'in_progress' ? value : 'pending';
}
