import type { TaskKind } from '../protocol/data.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Unfit } from '../storage/look-into-database.ts';

const nothing = 'Nothing was changed.';

export const taskRunning: Problem = {
  code: 'conflict',
  message: 'Something else is being done with the data right now.',
  impact: nothing,
  next: 'Wait until that has ended, then try again.',
};
export const noTask: Problem = {
  code: 'not_found',
  message: 'There is no such task, or another one has been begun since.',
  impact: nothing,
  next: 'Look at the overview of the data.',
};
export const noBackup: Problem = {
  code: 'not_found',
  message: 'There is no such backup.',
  impact: nothing,
  next: 'Look at the list again, or name a file by its absolute path.',
};

/** Why a file is not restored. */
export function unfitProblem(why: Unfit, detail: string): Problem {
  const words: Record<Unfit, Pick<Problem, 'message' | 'next'>> = {
    unreadable: {
      message: 'The file cannot be read.',
      next: 'Look whether it is there and belongs to you, then try again.',
    },
    no_database: {
      message: 'This file is not a backup of Quarterdeck: it is no database.',
      next: 'Choose another file.',
    },
    foreign: {
      message: 'This file is not a backup of Quarterdeck: it has other parts than Quarterdeck makes.',
      next: 'Choose a file that Quarterdeck has written.',
    },
    newer: {
      message: 'This backup was made by a newer version of Quarterdeck.',
      next: 'Update Quarterdeck, then restore it.',
    },
    damaged: {
      message: 'This backup is damaged.',
      next: 'Choose another one; those in the list were checked when they were made.',
    },
    altered: {
      message: 'The record in this backup was altered: it does not fit its hashes.',
      next: 'Choose another backup; the details name the session.',
    },
  };
  return { code: 'conflict', ...words[why], impact: nothing, detail };
}

const whatFailed: Record<TaskKind, { message: string; impact: string }> = {
  backup: {
    message: 'The backup could not be made.',
    impact: 'There is no new backup; the older ones are as they were.',
  },
  look: { message: 'The backup could not be looked into.', impact: nothing },
  restore: { message: 'The backup could not be copied.', impact: 'Nothing was changed; nothing will be restored.' },
  export: {
    message: 'The archive could not be written.',
    impact: 'There is no archive; your sessions are as they were.',
  },
  retention: { message: 'The archived sessions could not be deleted.', impact: 'What was not deleted is as it was.' },
};

/** What a failure of the disk means for the task. */
export function taskProblem(kind: TaskKind, error: unknown): Problem {
  const { code } = error as { code?: unknown };
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL';
  return {
    code: full ? 'storage_full' : 'storage_failed',
    ...whatFailed[kind],
    next: full ? 'Free some space on the disk, then try again.' : 'Look at the details, then try again.',
    detail: String((error as Error)?.message ?? error).slice(0, 500),
  };
}
