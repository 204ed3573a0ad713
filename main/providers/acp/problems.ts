import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import type { CliExit } from '../process/cli-process.ts';
import * as shared from '../shared/problems.ts';
import { detail, folderGone, lineTooLong, lostNothing, whyNotStarted, workStands } from '../shared/problems.ts';
import type { AgentWords } from './agent.ts';

export { lostNothing, modelUnknown, workStands } from '../shared/problems.ts';

/** Everything that can go wrong with an agent, as a person reads it: what happened, what it means for the work, what to do next. */

export interface Named {
  name: string;
  words: AgentWords;
}

export function notFound({ name, words }: Named, looked: string): Problem {
  return {
    code: 'provider_missing',
    say: say('acp.notFound', { name, ...words.say }),
    message: `${name} was not found on this computer.`,
    impact: lostNothing,
    next: `${words.install} Then send the message again.`,
    ...detail(looked),
  };
}

export function notUsable({ name, words }: Named, path: string, errno: string): Problem {
  return {
    code: 'provider_missing',
    say: say('acp.notUsable', { name, path, errno, ...words.say }),
    message: `${name} could not be started: ${path}: ${whyNotStarted(errno, 'there is no such file, or what it needs to run is missing')}.`,
    impact: lostNothing,
    next:
      errno === 'EACCES'
        ? `Make it executable (chmod +x ${path}) and send the message again.`
        : `${words.install} Then send the message again.`,
    detail: `${errno} ${path}`,
  };
}

/** The process ended although a turn ran. `garbage`: lines it wrote that are not of the protocol; `understood`: whether any was. */
export function ended(agent: Named, exit: CliExit, understood: boolean, garbage: string): Problem {
  const { name, words } = agent;
  if (exit.kind === 'not_started') {
    return exit.reason === 'folder' ? folderGone(exit.path, exit.errno) : notUsable(agent, exit.path, exit.errno);
  }
  if (exit.lineTooLong) return lineTooLong(name);
  if (exit.deaf) {
    return {
      code: 'provider_failed',
      say: say('cli.deaf', { name, fresh: 1 }),
      message: `${name} did not read what it was told any more and was ended.`,
      impact: lostNothing,
      next: 'Send the message again; the agent is started again for it.',
      ...detail(exit.stderr),
    };
  }
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  const said = [exit.stderr, garbage].filter((text) => text !== '').join('\n');
  if (!understood && garbage !== '') {
    return {
      code: 'provider_protocol',
      say: say('acp.notItsProtocol', { name, how, ...words.say }),
      message: `${name} wrote something that is not the Agent Client Protocol and ended (${how}).`,
      impact: lostNothing,
      next: `Check the command: the program may be another one, or it needs an option to speak the protocol. ${words.tryIt}`,
      ...detail(said),
    };
  }
  if (signInWords.test(said)) return notSignedIn(agent, said);
  return {
    code: 'provider_failed',
    say: say('acp.ended', { name, how, understood: understood ? 1 : 0, ...words.say }),
    message: understood ? `${name} ended in the middle of its work (${how}).` : `${name} ended at once (${how}).`,
    impact: understood ? workStands : lostNothing,
    next: understood
      ? 'Send a message such as "go on"; the agent is started again for it.'
      : `See the details below. ${words.tryIt}`,
    ...detail(said),
  };
}

export const signInWords =
  /api[ _-]?key (?:is )?(?:missing|not (?:valid|configured|found)|invalid)|API_KEY_INVALID|not (?:logged|signed) in|authentication (?:is )?required|please (?:log|sign) in|unauthenticated|invalid (?:api key|credentials)|set an auth method/i;

export function notUnderstood({ name, words }: Named, raw: string): Problem {
  return {
    code: 'provider_protocol',
    say: say('acp.notUnderstood', { name, ...words.say }),
    message: `${name} answers in a way that this version of the app does not understand.`,
    impact: lostNothing,
    next: `Check that the command speaks the Agent Client Protocol (version 1), or update Quarterdeck. ${words.tryIt}`,
    ...detail(raw),
  };
}

export function silent({ name }: Named, minutes: number): Problem {
  return {
    code: 'provider_silent',
    say: say('cli.silent', { name, minutes }),
    message: `${name} said nothing for ${minutes} minutes and was ended.`,
    impact: lostNothing,
    next: 'Check the network connection and send the message again.',
  };
}

export function noHandshake({ name, words }: Named, seconds: number): Problem {
  return {
    code: 'provider_silent',
    say: say('acp.noHandshake', { name, seconds, ...words.say }),
    message: `${name} was started but was not ready after ${seconds} s.`,
    impact: lostNothing,
    next: `Send the message again; if it stays so, look at what it waits for. ${words.tryIt}`,
  };
}

export function notSignedIn({ name, words }: Named, said: string | undefined): Problem {
  return {
    code: 'provider_not_signed_in',
    say: say('acp.notSignedIn', { name, ...words.say }),
    message: `${name} is not signed in, or its sign-in is not accepted any more.`,
    impact: lostNothing,
    next: `${words.signIn} Then send the message again.`,
    ...detail(said),
  };
}

export function rateLimited(said: string | undefined): Problem {
  return {
    code: 'provider_rate_limited',
    say: say('acp.rateLimited'),
    message: 'The model provider limits the rate of requests, or the plan is used up.',
    impact: workStands,
    next: 'Wait a few minutes and send the message again, or choose another model.',
    ...detail(said),
  };
}

export function apiFailed(status: number, said: string | undefined): Problem {
  return {
    code: 'provider_failed',
    say: say('acp.apiFailed', { status }),
    message: `The model provider answered with an error (${status}), or the connection to it broke.`,
    impact: workStands,
    next: 'Send the message again in a moment; the details below are the provider’s own words.',
    ...detail(said),
  };
}

export function turnFailed({ name }: Named, said: string | undefined): Problem {
  return shared.turnFailed(name, said);
}

export function emptyAnswer({ name }: Named): Problem {
  return {
    code: 'provider_failed',
    say: say('acp.emptyAnswer', { name }),
    message: `${name} ended its turn without an answer.`,
    impact:
      'The model refused, reached its limit of length, or its answer was lost on the way; the agent does not say which.',
    next: 'Send the message again; if it stays so, ask in other words, for less at once, or choose another model.',
  };
}

export function refused({ name }: Named): Problem {
  return {
    code: 'provider_failed',
    say: say('acp.refused', { name }),
    message: `${name} refused to go on with this.`,
    impact: 'What was written up to here is kept; the agent will not consider this message in the next turn.',
    next: 'Ask in other words, or leave out what it may have refused.',
  };
}

/** The answer is longer than the model may give. */
export function tooLong({ name }: Named): Problem {
  return {
    code: 'provider_failed',
    say: say('acp.tooLong', { name }),
    message: `${name} stopped because the answer, or the whole conversation, reached the model’s limit of length.`,
    impact: workStands,
    next: 'Send a message such as "go on"; if that ends the same way, start a new session: this one is full.',
  };
}

/** The conversation is longer than the model takes. */
export function contextFull({ name }: Named, said: string | undefined): Problem {
  return {
    code: 'context_full',
    say: say('acp.contextFull', { name }),
    message: `This conversation does not fit into the model of ${name} any more.`,
    impact: workStands,
    next: 'Make room with the agent’s own command for it (such as /compact) where it has one, choose a model with a larger context, or go on in a new session.',
    ...detail(said),
  };
}

export function tooManySteps({ name }: Named): Problem {
  return {
    code: 'provider_failed',
    say: say('acp.tooManySteps', { name }),
    message: `${name} stopped by itself: the turn took more steps than it allows, or it repeated itself.`,
    impact: workStands,
    next: 'Send a message such as "go on", or say what it should do differently.',
  };
}

export function modeImpossible({ name }: Named, mode: string, why: string): Problem {
  return {
    code: 'provider_failed',
    say: say('acp.modeImpossible', { name, mode, why }),
    message: `${name} cannot work in the permission mode that is chosen (${mode}): ${why}.`,
    impact: 'Your message is kept; nothing was run, because the agent might do more than the mode allows.',
    next: 'Choose another permission mode for this session and send the message again.',
  };
}

export function attachmentGone(error: unknown): Problem {
  return {
    code: 'provider_failed',
    say: say('message.attachmentUnreadable'),
    message: 'A file that goes with this message could not be read.',
    impact: lostNothing,
    next: 'Attach it once more and send the message again.',
    ...detail(error instanceof Error ? error.message : String(error)),
  };
}
