import { limits } from '../../protocol/limits.ts';
import { say } from '../../protocol/saying.ts';
import { type Notice, notice } from '../shared/notice.ts';
import type { AgentWords } from './agent.ts';

export const silenceNotice = (name: string, silentMs: number, words: AgentWords) =>
  notice(
    'info',
    'silent',
    `${name} has said nothing for ${Math.round(silentMs / 1000)} s. ${words.silence}`,
    say(words.say.agent === 'gemini' ? 'notice.silentRetrying' : 'notice.silent', {
      name,
      seconds: Math.round(silentMs / 1000),
    }),
  );

export const modelRefusedNotice = (model: string, why: string) =>
  notice(
    'warning',
    'set_model_failed',
    `The model stays as it is: "${model.slice(0, 200)}" was not taken (${why.slice(0, 300)}).`,
    say('notice.modelRefused', { model: model.slice(0, 200), why: why.slice(0, 300) }),
  );

export const refusalWordsNotice = (name: string) =>
  notice(
    'info',
    'refusal_words_not_told',
    `${name} was told no, but not your words: its protocol has no place for them. Send them as a message.`,
    say('notice.refusalWords', { name }),
  );

export const effortRefusedNotice = (effort: string, why: string) =>
  notice(
    'warning',
    'set_effort_failed',
    `The effort stays as it is: "${effort.slice(0, 50)}" was not taken (${why.slice(0, 300)}).`,
    say('notice.effortRefused', { effort: effort.slice(0, 50), why: why.slice(0, 300) }),
  );

export const garbageNotice = (name: string, raw: string): Notice => ({
  ...notice(
    'info',
    'unreadable_line',
    `${name} wrote a line that is not part of its protocol. It was left out.`,
    say('notice.garbage', { name }),
  ),
  raw: raw.slice(0, limits.rawLineChars),
});
