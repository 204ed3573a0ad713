import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Saying } from '../../protocol/saying.ts';

export type Notice = Extract<ProviderEvent, { type: 'notice' }>;

/** @param text - in English. @param say - the same for readers of other languages; undefined: it is somebody else's text. */
export const notice = (level: Notice['level'], code: string, text: string, say?: Saying): Notice => ({
  type: 'notice',
  level,
  code,
  text,
  ...(say === undefined ? {} : { say }),
});
