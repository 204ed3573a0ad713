import type { Problem } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import { say } from '../../protocol/saying.ts';

/** What can go wrong with any CLI, as a person reads it: what happened, what it means for the work, what to do next. */

const detailChars = 4000;
export const lostNothing = 'Your message and everything up to here are kept; it was not answered.';
export const workStands = 'What was written up to here is kept; changes the agent already made to files stand.';

export function bounded(text: string, chars = detailChars): string {
  return text.length > chars ? `${text.slice(0, chars - 1)}…` : text;
}

/** The CLI's own words, to go with a problem; nothing when it said none. */
export function detail(text: string | undefined): { detail?: string } {
  return text === undefined || text === '' ? {} : { detail: bounded(text) };
}

/** Why the system did not start a program. @param missing - what ENOENT means for it. */
export function whyNotStarted(errno: string, missing = 'there is no such file'): string {
  if (errno === 'EACCES' || errno === 'EPERM') return 'it may not be executed';
  if (errno === 'ENOENT') return missing;
  return errno === 'EISDIR' ? 'it is not a file' : 'the system refuses it';
}

export function folderGone(path: string, errno: string): Problem {
  return {
    code: 'folder_missing',
    say: say('cli.folderGone', { path }),
    message: `The folder of this session cannot be opened: ${path}`,
    impact: lostNothing,
    next: 'Bring the folder back (or its permissions) and send the message again, or start a session in another one.',
    detail: `${errno} ${path}`,
  };
}

export function lineTooLong(name: string): Problem {
  return {
    code: 'provider_protocol',
    say: say('cli.lineTooLong', { name, megabytes: limits.cliLineBytes / 1_048_576 }),
    message: `${name} wrote a line of more than ${limits.cliLineBytes / 1_048_576} MB and was ended.`,
    impact: workStands,
    next: 'Send a message such as "go on"; if it was a very large tool result, ask for less of it at a time.',
  };
}

/** @param resetsAt - seconds since 1970. @param plan - the plan is used up, rather than too much asked at once. */
export function rateLimited(words: string | undefined, resetsAt: number | undefined, plan: boolean): Problem {
  const when = resetsAt === undefined ? '' : ` It resets at ${clockTime(resetsAt)}.`;
  return {
    code: 'provider_rate_limited',
    say: say('cli.rateLimited', { plan: plan ? 1 : 0, at: resetsAt ?? 0 }),
    message: plan
      ? `The usage limit of your plan or account is reached.${when}`
      : `The model provider limits the rate of requests.${when}`,
    impact: workStands,
    next:
      resetsAt === undefined ? 'Wait a few minutes and send the message again.' : 'Send the message again after that.',
    ...detail(words),
  };
}

/** `2026-11-20 10:54 UTC`. @param seconds - since 1970. */
export function clockTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function modelUnknown(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    say: say('cli.modelUnknown'),
    message: 'The model that is chosen for this session does not exist or is not available to your account.',
    impact: lostNothing,
    next: 'Choose another model for this session and send the message again.',
    ...detail(words),
  };
}

/** @param next - what to do, as this CLI can. */
export function contextFull(words: string | undefined, next: string): Problem {
  return {
    code: 'context_full',
    say: say('cli.contextFull'),
    message: 'The conversation is too long for the model.',
    impact: workStands,
    next,
    ...detail(words),
  };
}

/** @param status - of HTTP; undefined: there was no answer. */
export function apiFailed(status: number | undefined, words: string | undefined): Problem {
  const overloaded = status === 529 || status === 503;
  const said =
    status === undefined
      ? 'could not be reached or did not answer'
      : overloaded
        ? `is overloaded (${status})`
        : `answered with an error (${status})`;
  return {
    code: 'provider_failed',
    say: say('cli.apiFailed', { status: status ?? 0 }),
    message: `The model provider ${said}.`,
    impact: workStands,
    next:
      status === undefined
        ? 'Check the network connection and send the message again.'
        : overloaded
          ? 'Wait a minute and send the message again, or choose another model.'
          : 'Send the message again in a moment; the details below are the provider’s own words.',
    ...detail(words),
  };
}

export function turnFailed(name: string, words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    say: say('cli.turnFailed', { name }),
    message: `${name} ended the turn with an error.`,
    impact: workStands,
    next: 'See the details below and send the message again.',
    ...detail(words),
  };
}
