import { say } from '../../protocol/saying.ts';
import { notice } from '../shared/notice.ts';

export const silenceNotice = (silentMs: number) =>
  notice(
    'info',
    'silent',
    `Claude Code has said nothing for ${Math.round(silentMs / 1000)} s. It may be waiting for the model provider; you can wait or stop the turn.`,
    say('notice.silent', { name: 'Claude Code', seconds: Math.round(silentMs / 1000) }),
  );

export const backgroundEndedNotice = () =>
  notice(
    'info',
    'background_ended',
    'Something that ran in the background has ended. The agent learns of it with your next message.',
    say('notice.backgroundEnded'),
  );

export const modelRefusedNotice = (model: string, why: string) =>
  notice(
    'warning',
    'set_model_failed',
    `The model stays as it is: "${model.slice(0, 200)}" was not taken (${why}).`,
    say('notice.modelRefused', { model: model.slice(0, 200), why }),
  );

export const modeRefusedNotice = (mode: string, why: string) =>
  notice(
    'warning',
    'set_mode_failed',
    `The permission mode stays as it is: "${mode}" was not taken (${why}).`,
    say('notice.modeRefused', { mode, why }),
  );

export const effortRefusedNotice = (effort: string, why: string) =>
  notice(
    'warning',
    'set_effort_failed',
    `The reasoning effort stays as it is: "${effort.slice(0, 50)}" was not taken (${why}).`,
    say('notice.effortRefused', { effort: effort.slice(0, 50), why }),
  );

export const toolServerNotice = (name: string, why: string) =>
  notice(
    'warning',
    'tool_server_failed',
    `The tool server "${name}" of this app could not be connected (${why.slice(0, 500)}). The agent works without its tools.`,
    say('notice.ownToolServer', { name, why: why.slice(0, 500) }),
  );

export const resumeLostText =
  'Claude Code does not have this conversation any more: the agent does not remember what was said above. Nothing was run.';
