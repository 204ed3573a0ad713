import type { Problem } from '../protocol/errors.ts';
import type { StorageError } from './ports.ts';

/** What a refused write means to a person. */
export function storageProblem(error: StorageError): Problem {
  if (error.code === 'storage_full') {
    return {
      code: 'storage_full',
      message: 'The disk that holds the Quarterdeck folder is full.',
      impact: 'Nothing new can be stored. What was stored before is safe.',
      next: 'Free some space, then try again; what is still arriving is kept in memory until then.',
      detail: error.message,
    };
  }
  return {
    code: 'storage_failed',
    message: 'The database could not be written.',
    impact: 'Nothing new can be stored. What was stored before is safe.',
    next: 'Run "quarterdeck doctor" to see why, then try again.',
    detail: error.message,
  };
}

/** Why a turn was stopped that could not be written down while it ran. Read when there is room again. */
export function stoppedByStorage({ code, detail }: Problem): Problem {
  return {
    code,
    message:
      code === 'storage_full'
        ? 'The disk that holds the Quarterdeck folder was full, so this turn was stopped.'
        : 'The database could not be written, so this turn was stopped.',
    impact: 'What had arrived by then is kept above; changes the agent already made to files stand.',
    next: 'Send a message such as "go on"; the agent still knows the conversation.',
    detail,
  };
}

export function internalProblem(): Problem {
  return {
    code: 'internal',
    message: 'Something went wrong inside Quarterdeck.',
    impact: 'This was not carried out. Everything stored before is safe.',
    next: 'Try again; if it happens again, please report it with the log file (Settings shows where it is).',
  };
}

/** The log of a session could not be read while it was followed. */
export function unreadableProblem(error: unknown): Problem {
  return {
    code: 'storage_failed',
    message: 'The record of this session could not be read from disk.',
    impact: 'What is shown may end here. Nothing was changed on disk.',
    next: 'Stop Quarterdeck and start it again: it checks the whole database and opens the newest backup if it is damaged.',
    detail: error instanceof Error ? error.message : String(error),
  };
}

/** The app ended under a running turn: killed (seen at the next start) or closed. */
export function interruptedProblem(how: 'killed' | 'closed'): Problem {
  return {
    code: 'interrupted',
    message:
      how === 'killed'
        ? 'The app ended while this turn was running.'
        : 'The app was closed while this turn was running.',
    impact: 'What had arrived by then is kept above. Nothing was run again.',
    next: 'Send a message to go on; the agent still knows the conversation.',
  };
}

export function missingProvider(id: string): Problem {
  return {
    code: 'provider_unknown',
    message: `The agent "${id}" of this session is not there any more.`,
    impact: 'Your message is kept, but nothing was run.',
    next: 'Add the agent again, or open a new session with another one.',
  };
}

export function unknownProvider(id: string, known: readonly string[]): Problem {
  return {
    code: 'provider_unknown',
    message: `There is no agent called "${id}".`,
    impact: 'No session was opened.',
    next: `Choose one of: ${known.join(', ')}.`,
  };
}

export const reusedId: Problem = {
  code: 'command_id_reused',
  message: 'This command_id was used before for a different command.',
  impact: 'Nothing was changed.',
  next: 'Use a new command_id for every new command.',
};

export const noSession: Problem = {
  code: 'not_found',
  message: 'There is no such session.',
  impact: 'Nothing was changed.',
  next: 'Look at the list of sessions for the right id.',
};

export const closingProblem: Problem = {
  code: 'shutting_down',
  message: 'The app is closing.',
  impact: 'Nothing was changed.',
  next: 'Start it again, then repeat this.',
};
