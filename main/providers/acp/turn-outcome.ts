import type { Problem } from '../../protocol/errors.ts';
import {
  apiFailed,
  contextFull,
  emptyAnswer,
  modelUnknown,
  type Named,
  notSignedIn,
  rateLimited,
  refused,
  signInWords,
  tooLong,
  tooManySteps,
  turnFailed,
} from './problems.ts';
import { authRequired, fields, type RpcAnswer, type RpcError, string } from './wire.ts';

export type Outcome = { status: 'completed' | 'aborted' } | { status: 'failed'; problem: Problem };

/** How a turn ended, from the answer to `session/prompt`. @param empty - the agent said nothing and did nothing, and that is a failure. */
export function outcomeOf(answer: RpcAnswer, agent: Named, empty: boolean): Outcome {
  if (!answer.ok) return { status: 'failed', problem: problemOf(answer.error, agent) };
  switch (answer.result.stopReason) {
    case 'cancelled':
      return { status: 'aborted' };
    case 'refusal':
      return { status: 'failed', problem: refused(agent) };
    case 'max_tokens':
      return { status: 'failed', problem: tooLong(agent) };
    case 'max_turn_requests':
      return { status: 'failed', problem: tooManySteps(agent) };
    default:
      return empty ? { status: 'failed', problem: emptyAnswer(agent) } : { status: 'completed' };
  }
}

/** As the vendors of models say that a conversation is too long. */
const fullWords =
  /(?:context|token|prompt|input).{0,60}(?:exceed|too (?:long|large|many)|limit)|(?:exceed|maximum|too many).{0,40}(?:context|tokens?\b)|context_length_exceeded/i;

/** Agents put an HTTP status into the code (Gemini CLI), or a JSON-RPC code with words in `message` and `data`. */
export function problemOf(error: RpcError, agent: Named): Problem {
  const words = wordsOf(error);
  const status = statusOf(error, words);
  if (error.code === authRequired || status === 401 || status === 403 || signInWords.test(words))
    return notSignedIn(agent, words);
  if (status === 429 || /rate limit|quota (?:exceeded|exhausted)|RESOURCE_EXHAUSTED/i.test(words))
    return rateLimited(words);
  if (status === 404) return modelUnknown(words);
  if (fullWords.test(words)) return contextFull(agent, words);
  if (status !== undefined && status >= 500) return apiFailed(status, words);
  return turnFailed(agent, words);
}

function statusOf(error: RpcError, words: string): number | undefined {
  if (error.code >= 400 && error.code < 600) return error.code;
  const kind = string(fields(error.data).errorKind) ?? '';
  if (/auth/i.test(kind)) return 401;
  if (/rate_limit/i.test(kind)) return 429;
  const told = /\b(?:status|code|error)"?[: ]+(4\d\d|5\d\d)\b/i.exec(words)?.[1];
  return told === undefined ? undefined : Number(told);
}

/** The provider's own words, out of whatever they are wrapped in. */
export function wordsOf({ message, data }: RpcError): string {
  const details = string(data) ?? string(fields(data).details) ?? string(fields(data).message) ?? '';
  return [inner(message), inner(details)].filter((text, at, all) => text !== '' && all.indexOf(text) === at).join('\n');
}

/** `{"error":{"code":401,"message":"…","status":"UNAUTHENTICATED"}}`, as Google's API says it. */
function inner(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const error = fields(fields(JSON.parse(text)).error);
    const said = [string(error.status), string(error.message)].filter((part) => part !== undefined);
    return said.length === 0 ? text : said.join(': ');
  } catch {
    return text;
  }
}
