import type { ProviderEvent } from '../../orchestrator/ports.ts';

type Notice = Extract<ProviderEvent, { type: 'notice' }>;

export const notice = (level: Notice['level'], code: string, text: string): Notice => ({
  type: 'notice',
  level,
  code,
  text: text.length > 3900 ? `${text.slice(0, 3900)}…` : text,
});

export const silenceNotice = (silentMs: number) =>
  notice(
    'info',
    'silent',
    `Codex has said nothing for ${Math.round(silentMs / 1000)} s. It may be waiting for the model provider; you can wait or stop the turn.`,
  );

export const resumeFailedNotice = () =>
  notice(
    'warning',
    'resume_failed',
    'Codex does not have this conversation any more, so it begins a new one: the agent does not remember what was said above. Nothing was run again.',
  );

export const retryNotice = (words: string) => notice('warning', 'api_retry', `Codex tries again: ${words}`);

export const compactedNotice = () =>
  notice(
    'info',
    'compacted',
    'Codex summed up the older part of the conversation for the model: details of it may be forgotten.',
  );

export const backgroundEndedNotice = (exitCode: number | undefined) =>
  notice(
    'info',
    'background_ended',
    `A command that ran in the background has ended${exitCode === undefined ? '' : ` (exit code ${exitCode})`}. The agent can look at it with your next message.`,
  );

export const unaskedTurnNotice = () =>
  notice('info', 'unasked_turn', 'Codex began to work without being asked; that was stopped.');

export const refusedRequestNotice = (what: string) =>
  notice('info', 'request_refused', `Codex asked for something this app cannot answer yet (${what}); it was refused.`);
