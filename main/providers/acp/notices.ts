import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { limits } from '../../protocol/limits.ts';

type Notice = Extract<ProviderEvent, { type: 'notice' }>;

const notice = (level: Notice['level'], code: string, text: string): Notice => ({ type: 'notice', level, code, text });

export const silenceNotice = (name: string, silentMs: number, words: string) =>
  notice('info', 'silent', `${name} has said nothing for ${Math.round(silentMs / 1000)} s. ${words}`);

export const resumeFailedNotice = (name: string, why: string) =>
  notice(
    'warning',
    'resume_failed',
    `${why} ${name} begins a new conversation: the agent does not remember what was said above, so tell it what it needs to know. Nothing was run again.`,
  );

export const modelRefusedNotice = (model: string, why: string) =>
  notice(
    'warning',
    'set_model_failed',
    `The model stays as it is: "${model.slice(0, 200)}" was not taken (${why.slice(0, 300)}).`,
  );

export const modeRefusedNotice = (name: string, mode: string, why: string) =>
  notice(
    'warning',
    'set_mode_failed',
    `${name} stays in its mode: "${mode.slice(0, 100)}" was not taken (${why.slice(0, 300)}). It goes on asking.`,
  );

export const garbageNotice = (name: string, raw: string): Notice => ({
  ...notice('info', 'unreadable_line', `${name} wrote a line that is not part of its protocol. It was left out.`),
  raw: raw.slice(0, limits.rawLineChars),
});
