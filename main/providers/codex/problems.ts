import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import type { CliExit } from '../process/cli-process.ts';
import * as shared from '../shared/problems.ts';
import { detail, folderGone, lineTooLong, lostNothing, whyNotStarted, workStands } from '../shared/problems.ts';

export { apiFailed, bounded, folderGone, modelUnknown, rateLimited } from '../shared/problems.ts';

/** Everything that can go wrong with Codex, as a person reads it: what happened, what it means for the work, what to do next. */

export const installCommand = 'npm install -g @openai/codex';
export const signInCommand = 'codex login';

export function notInstalled(looked: number): Problem {
  return {
    code: 'provider_missing',
    say: say('cli.notInstalled', { name: 'Codex', command: installCommand, variable: 'QUARTERDECK_CODEX_PATH' }),
    message: 'Codex was not found on this computer.',
    impact: lostNothing,
    next: `Install it (${installCommand}), or set QUARTERDECK_CODEX_PATH to where it is, and send the message again.`,
    detail: `Looked at ${looked} places on PATH and in the usual folders.`,
  };
}

export function notUsable(path: string, errno: string): Problem {
  return {
    code: 'provider_missing',
    say: say('cli.notUsable', { name: 'Codex', path, errno, variable: 'QUARTERDECK_CODEX_PATH' }),
    message: `Codex could not be started: ${path}: ${whyNotStarted(errno)}.`,
    impact: lostNothing,
    next:
      errno === 'EACCES'
        ? `Make it executable (chmod +x ${path}) or install Codex anew, and send the message again.`
        : 'Install Codex anew or correct QUARTERDECK_CODEX_PATH, and send the message again.',
    detail: `${errno} ${path}`,
  };
}

/** The app-server ended although a turn ran. `garbage`: lines it wrote that are not of the protocol; `understood`: whether any was. */
export function ended(exit: CliExit, understood: boolean, garbage: string): Problem {
  if (exit.kind === 'not_started') {
    return exit.reason === 'folder' ? folderGone(exit.path, exit.errno) : notUsable(exit.path, exit.errno);
  }
  if (exit.lineTooLong) return lineTooLong('Codex');
  if (exit.deaf) return deaf(exit.stderr);
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  const words = [exit.stderr, garbage].filter((text) => text !== '').join('\n');
  if (!understood && garbage !== '') {
    return {
      code: 'provider_protocol',
      say: say('codex.notItsProtocol', { how }),
      message: `Codex wrote something that is not its protocol and ended (${how}).`,
      impact: lostNothing,
      next: 'Run "codex --version" in a terminal: the program found may be another one, or its installation broken.',
      ...detail(words),
    };
  }
  return {
    code: 'provider_failed',
    say: say('cli.ended', { name: 'Codex', how, understood: understood ? 1 : 0, command: 'codex' }),
    message: understood ? `Codex ended in the middle of its work (${how}).` : `Codex ended at once (${how}).`,
    impact: understood ? workStands : lostNothing,
    next: understood
      ? 'Send a message such as "go on": Codex is started anew and takes the conversation up where it was left.'
      : 'See the details below; running "codex" in a terminal in the same folder shows the same message.',
    ...detail(words),
  };
}

function deaf(words: string): Problem {
  return {
    code: 'provider_failed',
    say: say('cli.deaf', { name: 'Codex', fresh: 0 }),
    message: 'Codex did not read what it was told any more and was ended.',
    impact: lostNothing,
    next: 'Send the message again: Codex is started anew and takes the conversation up where it was left.',
    ...detail(words),
  };
}

/** The app-server did not take the key that the app keeps. */
export function keyRefused(words: string): Problem {
  return {
    code: 'provider_not_signed_in',
    say: say('codex.keyRefused', { command: signInCommand }),
    message: 'Codex did not take the API key that is stored in this app.',
    impact: lostNothing,
    next: `Correct or remove the key in the settings (without one, the sign-in of "${signInCommand}" is used) and send the message again.`,
    ...detail(words),
  };
}

export function notUnderstood(raw: string): Problem {
  return {
    code: 'provider_protocol',
    say: say('cli.notUnderstood', { name: 'Codex' }),
    message: 'Codex answers in a way that this version of the app does not understand.',
    impact: lostNothing,
    next: 'Update Quarterdeck; until then install an earlier version of Codex.',
    ...detail(raw),
  };
}

export function silent(minutes: number): Problem {
  return {
    code: 'provider_silent',
    say: say('codex.silent', { minutes }),
    message: `Codex said nothing for ${minutes} minutes and was given up.`,
    impact: lostNothing,
    next: 'Check the network connection and send the message again.',
  };
}

export function notSignedIn(words: string | undefined): Problem {
  return {
    code: 'provider_not_signed_in',
    say: say('codex.notSignedIn', { command: signInCommand }),
    message: 'Codex is not signed in, or its sign-in is not accepted any more.',
    impact: lostNothing,
    next: `Run "${signInCommand}" in a terminal (or correct the API key of its model provider) and send the message again.`,
    ...detail(words),
  };
}

export function contextFull(words: string | undefined): Problem {
  return shared.contextFull(
    words,
    'Send /compact to have the earlier part summed up, or begin a new session, and send the message again.',
  );
}

export function cutShort(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    say: say('codex.cutShort'),
    message: 'The model ended its answer before it was complete.',
    impact: workStands,
    next: 'Send a message such as "go on".',
    ...detail(words),
  };
}

export function sandboxFailed(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    say: say('codex.sandboxFailed'),
    message: 'The sandbox of Codex could not be used.',
    impact: workStands,
    next: 'See the details below; "codex doctor" in a terminal says more. Full access does without the sandbox.',
    ...detail(words),
  };
}

export function turnFailed(words: string | undefined): Problem {
  return shared.turnFailed('Codex', words);
}

/** Codex refused what we asked it for, before the turn began. */
export function requestRefused(words: string): Problem {
  return {
    code: 'provider_failed',
    say: say('codex.requestRefused'),
    message: 'Codex did not take the message.',
    impact: lostNothing,
    next: 'See the details below and send the message again.',
    ...detail(words),
  };
}

/** Codex lets one program at a time write to a conversation; another one, such as a terminal, has this one. */
export function openElsewhere(words: string): Problem {
  return {
    code: 'provider_failed',
    say: say('codex.openElsewhere'),
    message: 'This conversation is open in another program that runs Codex.',
    impact: lostNothing,
    next: 'End Codex there and send the message again, or fork this session to go on beside it.',
    ...detail(words),
  };
}
