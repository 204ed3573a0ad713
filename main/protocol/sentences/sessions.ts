import type { Plain, YesNo } from './plain.ts';

interface Limit {
  kind: 'turns' | 'minutes' | 'cost';
  /** Dollars as a text with two digits, else a number. */
  most: string | number;
  /** Of `cost`. */
  spent: string;
}

/** Sessions, turns, approvals, rules, goals, and the connection by which they are followed. */
export interface SessionSentences {
  internal: Plain;
  'app.closing': Plain;
  'app.cannotRestart': Plain;
  'command.reusedId': Plain;
  'frame.tooLarge': { bytes: number };
  'frame.notJson': Plain;
  'frame.invalid': { why: string };
  'frame.noPart': { type: string };
  'reach.wholeMachine': { type: string };
  'reach.noFolder': Plain;
  'scope.missing': { what: string; scopes: string; count: number };
  'list.badCursor': Plain;
  'link.endedBeforeAnswer': Plain;

  'session.mayNotAct': Plain;
  'session.none': Plain;
  'session.needsPlace': Plain;
  'session.movedAway': Plain;
  'session.unreadable': Plain;
  'follow.none': Plain;
  'follow.tooMany': { most: number };
  'message.archived': Plain;
  'message.attachmentGone': { name: string };
  'message.attachmentUnreadable': Plain;
  'message.fileGone': { name: string };
  'message.queueFull': { most: number };
  'message.tooLarge': { bytes: number };
  'queue.gone': Plain;
  'turn.none': Plain;
  'turn.other': Plain;
  'turn.ended': Plain;
  'turn.interrupted': { how: 'killed' | 'closed' };
  'turn.stoppedByStorage': { full: YesNo };
  'turn.timeLimit': { limit: 'idle' | 'total'; minutes: number };
  'conversation.lost': Plain;
  'move.whileRunning': Plain;
  'move.archived': Plain;
  'rewind.whileRunning': Plain;
  'rewind.noMessage': Plain;
  'takeOver.whileRunning': Plain;
  'takeOver.noConversation': Plain;
  'takeOver.cannotBranch': Plain;
  'fork.nothing': Plain;
  'fork.turnRuns': Plain;
  'fork.tooFree': { name: string };
  'agents.changeWhileRunning': Plain;
  'agents.noCarefulMode': { name: string; mode: string };
  'agents.unknown': { id: string };
  'agents.unknownForNew': { id: string; known: string };
  'agents.goneFromSession': { id: string };
  'mentions.noPlace': Plain;

  'approval.wrongOption': Plain;
  'approval.onceOnly': Plain;
  'approval.none': Plain;
  'approval.unknown': Plain;
  'approval.takenBack': Plain;
  'approval.answered': { kind: string; name: string; via: string; decision: string };
  'approval.awaited': Plain;
  'rule.alreadyOver': Plain;
  'rule.another': Plain;
  'rule.none': Plain;
  'rule.noneInSession': Plain;
  'rule.tooMany': { most: number };
  'rule.noPattern': Plain;
  'rule.notFullPath': { pattern: string };
  'rule.everyProgram': { tool: string };
  'rule.everyFile': Plain;

  'goal.now': { status: string; objective: string };
  'goal.none': Plain;
  'goal.noAttachments': Plain;
  'goal.objectiveLong': { length: number; most: number };
  'goal.archived': Plain;
  'goal.impossible': Plain;
  'goal.exists': Plain;
  'goal.ended': Plain;
  'goal.over': Plain;
  'goal.archivedNotResumed': Plain;
  'goal.impossibleNotResumed': Plain;
  'goal.limitReached': Limit;
  'goal.mayNotWiden': { kept: 'set' | 'limits' | 'resume' };
  'goal.mayNotAct': Plain;
  /** Why a goal is as it is: one sentence each. */
  'goal.limit': Limit;
  'goal.endedWithApp': Plain;
  'goal.reached': Plain;
  'goal.stuck': Plain;
  'goal.turnFailed': Plain;
  'goal.turnStopped': Plain;
  'goal.idle': { turns: number };
  'goal.sessionArchived': Plain;
  'goal.agentCannot': Plain;
  'goal.doneBy': { what: 'Cleared' | 'Paused' | 'Stopped'; kind: string; name: string };
}
