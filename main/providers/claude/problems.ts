import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import type { CliExit } from '../process/cli-process.ts';
import * as shared from '../shared/problems.ts';
import { detail, folderGone, lineTooLong, lostNothing, whyNotStarted, workStands } from '../shared/problems.ts';

export { apiFailed, bounded, modelUnknown, rateLimited } from '../shared/problems.ts';

/** Everything that can go wrong with Claude Code, as a person reads it: what happened, what it means for the work, what to do next. */

export const installCommand = 'npm install -g @anthropic-ai/claude-code';
export const signInCommand = 'claude auth login';

export function notInstalled(looked: number): Problem {
  return {
    code: 'provider_missing',
    say: say('cli.notInstalled', { name: 'Claude Code', command: installCommand, variable: 'QUARTERDECK_CLAUDE_PATH' }),
    message: 'Claude Code was not found on this computer.',
    impact: lostNothing,
    next: `Install it (${installCommand}), or set QUARTERDECK_CLAUDE_PATH to where it is, and send the message again.`,
    detail: `Looked at ${looked} places on PATH and in the usual folders.`,
  };
}

export function notUsable(path: string, errno: string): Problem {
  return {
    code: 'provider_missing',
    say: say('cli.notUsable', { name: 'Claude Code', path, errno, variable: 'QUARTERDECK_CLAUDE_PATH' }),
    message: `Claude Code could not be started: ${path}: ${whyNotStarted(errno)}.`,
    impact: lostNothing,
    next:
      errno === 'EACCES'
        ? `Make it executable (chmod +x ${path}) or install Claude Code anew, and send the message again.`
        : 'Install Claude Code anew or correct QUARTERDECK_CLAUDE_PATH, and send the message again.',
    detail: `${errno} ${path}`,
  };
}

/** The process ended although a turn ran. `garbage`: lines it wrote that are not of the protocol; `understood`: whether any was. */
export function ended(exit: CliExit, understood: boolean, garbage: string): Problem {
  if (exit.kind === 'not_started') {
    return exit.reason === 'folder' ? folderGone(exit.path, exit.errno) : notUsable(exit.path, exit.errno);
  }
  if (exit.lineTooLong) return lineTooLong('Claude Code');
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
    say: say('cli.ended', { name: 'Claude Code', how, understood: understood ? 1 : 0, command: 'claude' }),
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
    say: say('claude.notItsProtocol', { end }),
    message: `Claude Code wrote something that is not its protocol and ${end}.`,
    impact: lostNothing,
    next: 'Run "claude --version" in a terminal: the program found may be another one, or its installation broken.',
    ...detail(words),
  };
}

function deaf(words: string): Problem {
  return {
    code: 'provider_failed',
    say: say('cli.deaf', { name: 'Claude Code', fresh: 0 }),
    message: 'Claude Code did not read what it was told any more and was ended.',
    impact: lostNothing,
    next: 'Send the message again: the conversation is taken up where it was left.',
    ...detail(words),
  };
}

export function notUnderstood(raw: string): Problem {
  return {
    code: 'provider_protocol',
    say: say('cli.notUnderstood', { name: 'Claude Code' }),
    message: 'Claude Code answers in a way that this version of the app does not understand.',
    impact: lostNothing,
    next: 'Update Quarterdeck; until then install an earlier version of Claude Code.',
    ...detail(raw),
  };
}

export function silent(minutes: number): Problem {
  return {
    code: 'provider_silent',
    say: say('cli.silent', { name: 'Claude Code', minutes }),
    message: `Claude Code said nothing for ${minutes} minutes and was ended.`,
    impact: lostNothing,
    next: 'Check the network connection and send the message again.',
  };
}

export function notSignedIn(words: string | undefined): Problem {
  return {
    code: 'provider_not_signed_in',
    say: say('claude.notSignedIn', { command: signInCommand }),
    message: 'Claude Code is not signed in, or its sign-in is not accepted any more.',
    impact: lostNothing,
    next: `Run "${signInCommand}" in a terminal, or store an API key in the settings (or correct ANTHROPIC_API_KEY), and send the message again.`,
    ...detail(words),
  };
}

export function tooManySteps(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    say: say('claude.tooManySteps'),
    message: 'Claude Code stopped because the turn took more steps than it is allowed.',
    impact: workStands,
    next: 'Send a message such as "go on".',
    ...detail(words),
  };
}

export function turnFailed(words: string | undefined): Problem {
  return shared.turnFailed('Claude Code', words);
}

const compactOrNew =
  'Send /compact to have the agent go on from a summary, or begin a new session; then send the message again, with less attached to it.';

export function contextFull(words: string | undefined): Problem {
  return shared.contextFull(words, compactOrNew);
}

export function attachmentRefused(words: string | undefined): Problem {
  return {
    code: 'provider_failed',
    say: say('claude.attachmentRefused'),
    message: 'The model provider did not take the message: an image or file in it, or all of it, is too large.',
    impact: lostNothing,
    next: 'Send it again with a smaller image or file, or let the agent read the file from its folder.',
    ...detail(words),
  };
}

export function noCredit(words: string | undefined): Problem {
  return {
    code: 'provider_rate_limited',
    say: say('claude.noCredit'),
    message: 'The account at the model provider has no credit left, or its bill is not paid.',
    impact: workStands,
    next: 'Put that right in the account (console.anthropic.com for an API key), or sign in with another one, and send the message again.',
    ...detail(words),
  };
}

export function accountRefused(words: string | undefined): Problem {
  return {
    code: 'provider_not_signed_in',
    say: say('claude.accountRefused', { command: signInCommand }),
    message: 'The account that Claude Code is signed in with may not be used for this.',
    impact: lostNothing,
    next: `See the details below; sign in with another account ("${signInCommand}" in a terminal) or store an API key in the settings, and send the message again.`,
    ...detail(words),
  };
}
