import type { Plain } from './plain.ts';

/** Lines of status in a conversation, one sentence or two each. */
export interface NoticeSentences {
  'notice.silent': { name: string; seconds: number };
  'notice.silentRetrying': { name: string; seconds: number };
  'notice.backgroundEnded': Plain;
  /** `code`: its exit code. */
  'notice.commandEnded': { code: string | number };
  'notice.modelRefused': { model: string; why: string };
  'notice.modeRefused': { mode: string; why: string };
  'notice.effortRefused': { effort: string; why: string };
  'notice.ownToolServer': { name: string; why: string };
  'notice.toolServer': { name: string; why: string };
  'notice.conversationLost': { name: string };
  'notice.conversationGone': { name: string };
  'notice.noResume': { name: string };
  'notice.conversationCleared': Plain;
  /** `at`: seconds since 1970. */
  'notice.rateLimitNear': { at: number };
  'notice.compactionFailed': { why: string };
  'notice.compacting': Plain;
  'notice.cliDiskFull': { code: string };
  'notice.apiRetry': { cause: string; status: number; seconds: number; attempt: number; most: number };
  'notice.retrying': { name: string; words: string };
  'notice.unaskedTurn': { name: string };
  'notice.requestRefused': { name: string; what: string };
  'notice.hook': { name: string; status: string; words: string };
  'notice.attachmentsUnused': { command: string };
  'notice.ownGoal': Plain;
  'notice.modelRerouted': { model: string };
  'notice.emptyWarning': { name: string };
  'notice.unknownMessage': { name: string; kind: string };
  'notice.nested': { name: string; depth: number };
  'notice.garbage': { name: string };
  'notice.refusalWords': { name: string };
  'notice.modeKept': { mode: string; wider: string };
  'notice.modeNarrowed': { name: string; from: string; to: string };
  'notice.steerFailed': Plain;
  'notice.eventDamaged': { seq: number; session: string };
  'notice.otherWriter': { name: string };
  'notice.takenOver': { name: string; how: 'branch' | 'reload' };
}
