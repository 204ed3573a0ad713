import { type Fields, string } from '../shared/fields.ts';

/** Notifications that are told to others, or said again by messages that are understood. */
export const silentMethods: ReadonlySet<string> = new Set([
  'thread/started',
  'thread/status/changed',
  'thread/readState/changed',
  'thread/settings/updated',
  'thread/name/updated',
  'thread/closed',
  'thread/archived',
  'thread/unarchived',
  'thread/goal/cleared',
  'thread/queue/changed',
  'thread/prediction/updated',
  'thread/environment/connected',
  'thread/environment/disconnected',
  'thread/compacted',
  'turn/diff/updated',
  'turn/moderationMetadata',
  'item/reasoning/summaryPartAdded',
  'item/commandExecution/terminalInteraction',
  'item/fileChange/outputDelta',
  'item/fileChange/patchUpdated',
  'item/autoApprovalReview/started',
  'item/autoApprovalReview/completed',
  'rawResponseItem/completed',
  'rawResponse/completed',
  'hook/started',
  'model/verification',
  'model/safetyBuffering/updated',
  'modelProvider/authRecoveryStarted',
  'modelProvider/authRecoveryCompleted',
]);

/** Items that are no tool calls: texts, and what says nothing a person has to see. The answer of a review is also told as a message. */
const knownItems: ReadonlySet<string> = new Set([
  'agentMessage',
  'plan',
  'reasoning',
  'contextCompaction',
  'subAgentActivity',
  'userMessage',
  'hookPrompt',
  'functionCallOutput',
  'enteredReviewMode',
  'exitedReviewMode',
]);

export const isKnownItem = (item: Fields) => knownItems.has(string(item.type) ?? '');
