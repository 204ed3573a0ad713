import type { TaskKind } from '../protocol/data.ts';
import type { Problem } from '../protocol/errors.ts';
import { type Saying, say } from '../protocol/saying.ts';
import type { YesNo } from '../protocol/sentences/plain.ts';
import type { Unfit } from '../storage/look-into-database.ts';

const nothing = 'Nothing was changed.';

export const taskRunning: Problem = {
  code: 'conflict',
  say: say('data.taskRunning'),
  message: 'Something else is being done with the data right now.',
  impact: nothing,
  next: 'Wait until that has ended, then try again.',
};
export const noTask: Problem = {
  code: 'not_found',
  say: say('data.noTask'),
  message: 'There is no such task, or another one has been begun since.',
  impact: nothing,
  next: 'Look at the overview of the data.',
};
export const noBackup: Problem = {
  code: 'not_found',
  say: say('data.noBackup'),
  message: 'There is no such backup.',
  impact: nothing,
  next: 'Look at the list again, or name a file by its absolute path.',
};

export const notAbsolute: Problem = {
  code: 'invalid_frame',
  say: say('data.notAbsolute'),
  message: 'The place for the archive has to be named by its absolute path.',
  impact: 'Nothing was written.',
  next: 'Name a folder, or a file that does not exist yet.',
};

/** Why a file is not restored. */
export function unfitProblem(why: Unfit, detail: string): Problem {
  const words: Record<Unfit, Pick<Problem, 'say' | 'message' | 'next'>> = {
    unreadable: {
      say: say('data.unreadable'),
      message: 'The file cannot be read.',
      next: 'Look whether it is there and belongs to you, then try again.',
    },
    no_database: {
      say: say('data.noDatabase'),
      message: 'This file is not a backup of Quarterdeck: it is no database.',
      next: 'Choose another file.',
    },
    foreign: {
      say: say('data.foreign'),
      message: 'This file is not a backup of Quarterdeck: it has other parts than Quarterdeck makes.',
      next: 'Choose a file that Quarterdeck has written.',
    },
    newer: {
      say: say('data.newer'),
      message: 'This backup was made by a newer version of Quarterdeck.',
      next: 'Update Quarterdeck, then restore it.',
    },
    damaged: {
      say: say('data.damaged'),
      message: 'This backup is damaged.',
      next: 'Choose another one; those in the list were checked when they were made.',
    },
    altered: {
      say: say('data.altered'),
      message: 'The record in this backup was altered: it does not fit its hashes.',
      next: 'Choose another backup; the details name the session.',
    },
  };
  return { code: 'conflict', ...words[why], impact: nothing, detail };
}

const whatFailed: Record<TaskKind, { message: string; impact: string; say: (full: YesNo) => Saying }> = {
  backup: {
    message: 'The backup could not be made.',
    impact: 'There is no new backup; the older ones are as they were.',
    say: (full) => say('data.backupFailed', { full }),
  },
  look: {
    message: 'The backup could not be looked into.',
    impact: nothing,
    say: (full) => say('data.lookFailed', { full }),
  },
  restore: {
    message: 'The backup could not be copied.',
    impact: 'Nothing was changed; nothing will be restored.',
    say: (full) => say('data.restoreFailed', { full }),
  },
  export: {
    message: 'The archive could not be written.',
    impact: 'There is no archive; your sessions are as they were.',
    say: (full) => say('data.exportFailed', { full }),
  },
  retention: {
    message: 'The archived sessions could not be deleted.',
    impact: 'What was not deleted is as it was.',
    say: (full) => say('data.retentionFailed', { full }),
  },
};

/** What a failure of the disk means for the task. */
export function taskProblem(kind: TaskKind, error: unknown): Problem {
  const { code } = error as { code?: unknown };
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL';
  return {
    code: full ? 'storage_full' : 'storage_failed',
    ...whatFailed[kind],
    say: whatFailed[kind].say(full ? 1 : 0),
    next: full ? 'Free some space on the disk, then try again.' : 'Look at the details, then try again.',
    detail: String((error as Error)?.message ?? error).slice(0, 500),
  };
}
