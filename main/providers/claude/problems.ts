import type { Problem } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import type { CliExit } from '../process/cli-process.ts';

/** Everything that can go wrong with Claude Code, as a person reads it: what happened, what it means for the work, what to do next. */

const detailChars = 4000;
const lostNothing = 'Your message and everything up to here are kept; it was not answered.';
const workStands = 'What was written up to here is kept; changes the agent already made to files stand.';

export const installCommand = 'npm install -g @anthropic-ai/claude-code';
export const signInCommand = 'claude auth login';

export function bounded(text: string, chars = detailChars): string {
  return text.length > chars ? `${text.slice(0, chars - 1)}…` : text;
}

const detail = (text: string | undefined) => (text === undefined || text === '' ? {} : { detail: bounded(text) });

export function notInstalled(looked: number): Problem {
  return {
    code: 'provider_missing',
    message: 'Claude Code was not found on this computer.',
    impact: lostNothing,
    next: `Install it (${installCommand}), or set QUARTERDECK_CLAUDE_PATH to where it is, and send the message again.`,
    detail: `Looked at ${looked} places on PATH and in the usual folders.`,
  };
}

export function notUsable(path: string, errno: string): Problem {
  const why =
    errno === 'EACCES' || errno === 'EPERM'
      ? 'it may not be executed'
      : errno === 'ENOENT'
        ? 'there is no such file'
        : errno === 'EISDIR'
          ? 'it is not a file'
          : 'the system refuses it';
  return {
    code: 'provider_missing',
    message: `Claude Code could not be started: ${path}: ${why}.`,
    impact: lostNothing,
    next:
      errno === 'EACCES'
        ? `Make it executable (chmod +x ${path}) or install Claude Code anew, and send the message again.`
        : 'Install Claude Code anew or correct QUARTERDECK_CLAUDE_PATH, and send the message again.',
    detail: `${errno} ${path}`,
  };
}

export function folderGone(path: string, errno: string): Problem {
  return {
    code: 'folder_missing',
    message: `The folder of this session cannot be opened: ${path}`,
    impact: lostNothing,
    next: 'Bring the folder back (or its permissions) and send the message again, or start a session in another one.',
    detail: `${errno} ${path}`,
  };
}

/** The process ended although a turn ran. `garbage`: lines it wrote that are not of the protocol; `understood`: whether any was. */
export function ended(exit: CliExit, understood: boolean, garbage: string): Problem {
  if (exit.kind === 'not_started') {
    return exit.reason === 'folder' ? folderGone(exit.path, exit.errno) : notUsable(exit.path, exit.errno);
  }
  if (exit.lineTooLong) return lineTooLong();
  if (exit.deaf) return deaf(exit.stderr);
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  const words = [exit.stderr, garbage].filter((text) => text !== '').join('\n');
  if (!understood && garbage !== '') {
    return notItsProtocol(`ended (${how})`, words);
  }
  const signIn = /not logged in|invalid api key|please run \/login|oauth token/i.test(words);
  if (signIn) return notSignedIn(words);
  return {
    code: 'provider_failed',
    message: understood
      ? `Claude Code ended in the middle of its work (${how}).`
      : `Claude Code ended at once (${how}).`,
    impact: understood ? workStands : lostNothing,
    next: understood
      ? 'Send a message such as "go on": the conversation is taken up where it was left.'
      : 'See the details below; running "claude" in a terminal in the same folder shows the same message.',
    ...detail(words),
  };
}

/** Not one line of it was JSON that we know. @param end - what became of it, e.g. "was ended". */
export function notItsProtocol(end: string, words: string): Problem {
  return {
    code: 'provider_protocol',
    message: `Claude Code wrote something that is not its protocol and ${end}.`,
    impact: lostNothing,
    next: 'Run "claude --version" in a terminal: the program found may be another one, or its installation broken.',
    ...detail(words),
  };
}

function deaf(words: string): Problem {
  return {
    code: 'provider_failed',
    message: 'Claude Code did not read what it was told any more and was ended.',
    impact: lostNothing,
    next: 'Send the message again: the conversation is taken up where it was left.',
    ...detail(words),
  };
}

function lineTooLong(): Problem {
  return {
    code: 'provider_protocol',
    message: `Claude Code wrote a line of more than ${limits.cliLineBytes / 1_048_576} MB and was ended.`,
    impact: workStands,
    next: 'Send a message such as "go on"; if it was a very large tool result, ask for less of it at a time.',
  };
}

export function notUnderstood(raw: string): Problem {
  return {
    code: 'provider_protocol',
    message: 'Claude Code answers in a way that this version of the app does not understand.',
    impact: lostNothing,
    next: 'Update Quarterdeck; until then install an earlier version of Claude Code.',
    ...detail(raw),
  };
}

export function silent(minutes: number): Problem {
  return {
    code: 'provider_silent',
    message: `Claude Code said nothing for ${minutes} minutes and was ended.`,
    impact: lostNothing,
    next: 'Check the network connection and send the message again.',
  };
}

export function notSignedIn(words: string | undefined): Problem {
  return {
    code: 'provider_not_signed_in',
    message: 'Claude Code is not signed in, or its sign-in is not accepted any more.',
    impact: lostNothing,
    next: `Run "${signInCommand}" in a terminal (or correct ANTHROPIC_API_KEY) and send the message again.`,
    ...detail(words),
  };
}

export function rateLimited(words: string | undefined, resetsAt: number | undefined, plan: boolean): Problem {
  const when = resetsAt === undefined ? '' : ` It resets at ${clockTime(resetsAt)}.`;
  return {
    code: 'provider_rate_limited',
    message: plan
      ? `The usage limit of your plan is reached.${when}`
      : `The model provider limits the rate of requests.${when}`,
    impact: workStands,
    next:
      resetsAt === undefined ? 'Wait a few minutes and send the message again.' : 'Send the message again after that.',
    ...detail(words),
  };
}

/** `2026-11-20 10:54 UTC`. @param seconds - since 1970. */
function clockTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function modelUnknown(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    message: 'The model that is chosen for this session does not exist or is not available to your account.',
    impact: lostNothing,
    next: 'Choose another model for this session and send the message again.',
    ...detail(words),
  };
}

export function tooManySteps(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    message: 'Claude Code stopped because the turn took more steps than it is allowed.',
    impact: workStands,
    next: 'Send a message such as "go on".',
    ...detail(words),
  };
}

export function apiFailed(status: number | undefined, words: string | undefined): Problem {
  const said = status === undefined ? 'could not be reached or did not answer' : `answered with an error (${status})`;
  return {
    code: 'provider_failed',
    message: `The model provider ${said}.`,
    impact: workStands,
    next:
      status === undefined
        ? 'Check the network connection and send the message again.'
        : 'Send the message again in a moment; the details below are the provider’s own words.',
    ...detail(words),
  };
}

export function turnFailed(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    message: 'Claude Code ended the turn with an error.',
    impact: workStands,
    next: 'See the details below and send the message again.',
    ...detail(words),
  };
}
