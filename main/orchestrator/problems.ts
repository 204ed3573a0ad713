import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { StorageError } from './ports.ts';

/** What a refused write means to a person. */
export function storageProblem(error: StorageError): Problem {
  if (error.code === 'storage_full') {
    return {
      code: 'storage_full',
      say: say('storage.full'),
      message: 'The disk that holds the Quarterdeck folder is full.',
      impact: 'Nothing new can be stored. What was stored before is safe.',
      next: 'Free some space, then try again; what is still arriving is kept in memory until then.',
      detail: error.message,
    };
  }
  return {
    code: 'storage_failed',
    say: say('storage.failed'),
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
    say: say('turn.stoppedByStorage', { full: code === 'storage_full' ? 1 : 0 }),
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
    say: say('internal'),
    message: 'Something went wrong inside Quarterdeck.',
    impact: 'This was not carried out. Everything stored before is safe.',
    next: 'Try again; if it happens again, please report it with the log file (Settings shows where it is).',
  };
}

/** The log of a session could not be read while it was followed. */
export function unreadableProblem(error: unknown): Problem {
  return {
    code: 'storage_failed',
    say: say('session.unreadable'),
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
    say: say('turn.interrupted', { how }),
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
    say: say('agents.goneFromSession', { id }),
    message: `The agent "${id}" of this session is not there any more.`,
    impact: 'Your message is kept, but nothing was run.',
    next: 'Add it again under the same name (Settings, Agents), or choose another agent for this session, and send the message again.',
  };
}

export function unknownProvider(id: string, known: readonly string[]): Problem {
  return {
    code: 'provider_unknown',
    say: say('agents.unknownForNew', { id, known: known.join(', ') }),
    message: `There is no agent called "${id}".`,
    impact: 'No session was opened.',
    next: `Choose one of: ${known.join(', ')}.`,
  };
}

export const reusedId: Problem = {
  code: 'command_id_reused',
  say: say('command.reusedId'),
  message: 'This command_id was used before for a different command.',
  impact: 'Nothing was changed.',
  next: 'Use a new command_id for every new command.',
};

export const chatNeedsPlace: Problem = {
  code: 'invalid_frame',
  say: say('session.needsPlace'),
  message: 'A new session needs a folder (cwd) and an agent (provider).',
  impact: 'Nothing was sent, and no session was opened.',
  next: 'Name both, or name the session (session_id) that the message is for.',
};

/** A session that a client followed has moved beyond what its credential reaches. */
export const movedAway: Problem = {
  code: 'not_found',
  say: say('session.movedAway'),
  message: 'This session has moved to a folder that your credential does not reach.',
  impact: 'It is not followed any more. What you have seen of it stays yours.',
  next: 'Ask the owner for access to its new folder.',
};

export const noSession: Problem = {
  code: 'not_found',
  say: say('session.none'),
  message: 'There is no such session.',
  impact: 'Nothing was changed.',
  next: 'Look at the list of sessions for the right id.',
};

export const closingProblem: Problem = {
  code: 'shutting_down',
  say: say('app.closing'),
  message: 'The app is closing.',
  impact: 'Nothing was changed.',
  next: 'Start it again, then repeat this.',
};

/** A time limit of the settings ended the turn. `ms`: what it allowed, milliseconds. */
export function timeLimitProblem(limit: 'idle' | 'total', ms: number): Problem {
  const minutes = Math.round(ms / 6000) / 10;
  const time = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return {
    code: 'time_limit',
    say: say('turn.timeLimit', { limit, minutes }),
    message:
      limit === 'idle'
        ? `The agent gave no sign for ${time}, so this turn was stopped.`
        : `This turn took longer than ${time}, so it was stopped.`,
    impact: 'What had arrived by then is kept above; changes the agent already made to files stand.',
    next: 'Send a message such as "go on", or change the time limits in the settings.',
  };
}

/** The CLI lost its conversation at a moment at which the message must not be sent again. */
export function unresumable(detail: string): Problem {
  return {
    code: 'provider_failed',
    say: say('conversation.lost'),
    message: 'The agent does not know its earlier conversation any more.',
    impact: 'This turn was not run again, because parts of it may have been carried out.',
    next: 'Look at what was done, then send your message again: a fresh conversation begins and is told what happened.',
    detail: detail.slice(0, 2000),
  };
}

export function lostAttachment(name: string): Problem {
  return {
    code: 'not_found',
    say: say('message.fileGone', { name }),
    message: `The file "${name}" of this message is not in the Quarterdeck folder any more.`,
    impact: 'Your message is kept, but nothing was run.',
    next: 'Attach the file again and send the message again.',
  };
}

export const nothingToFork: Problem = {
  code: 'invalid_frame',
  say: say('fork.nothing'),
  message: 'There is nothing before this place that a new session could begin with.',
  impact: 'No session was opened.',
  next: 'Choose a later message, or open a new session.',
};

export const turnRunsInFork: Problem = {
  code: 'turn_running',
  say: say('fork.turnRuns'),
  message: 'A turn runs, so a new session cannot begin with it.',
  impact: 'No session was opened.',
  next: 'Wait for its end or stop it, or choose an earlier message.',
};

export const noImports: Problem = {
  code: 'not_found',
  say: say('imports.off'),
  message: "The CLIs' own conversations are not read here.",
  impact: 'No session was opened.',
  next: 'Switch reading them on in the settings.',
};

export const noImport: Problem = {
  code: 'not_found',
  say: say('imports.notOpened'),
  message: 'There is no such conversation in the vault.',
  impact: 'No session was opened.',
  next: 'Look at the list again; it may have changed.',
};

export function tooFree(name: string): Problem {
  return {
    code: 'invalid_frame',
    say: say('fork.tooFree', { name }),
    message: `${name} has no mode as careful as the one you chose.`,
    impact: 'No session was opened.',
    next: 'Choose another mode.',
  };
}
