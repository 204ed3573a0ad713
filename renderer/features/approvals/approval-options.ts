import type { EventOf } from '../../../main/protocol/events.ts';
import type { ApprovalDecision, ApprovalOption } from '../../../main/protocol/values.ts';

/** "For this session" in Codex: what our button for it says too. */
const forSession: ReadonlySet<string> = new Set(['acceptForSession', 'session']);

/**
 * Answers of the CLI that ours do not already give: a plain "once" or "no" is what our buttons send; what lasts in the CLI's own way, or stands
 * beside another of its kind, is offered in its own words.
 */
export function ownOptions({ options = [], rule }: EventOf<'approval_request'>): readonly ApprovalOption[] {
  const plain = (option: ApprovalOption): boolean => {
    const others = options.filter((other) => other.kind === option.kind && other !== option);
    if (option.kind === 'allow_once') return others.length === 0;
    // Beside "stop here" our "no" is the one that goes on without it.
    if (option.kind === 'reject_once') {
      return others.every((other) => option.option_id === 'decline' && other.option_id === 'cancel');
    }
    return rule != null && forSession.has(option.option_id);
  };
  return options.filter((option) => !plain(option));
}

/** What one of the CLI's answers amounts to. Where it lasts, the CLI remembers it: with an option the app keeps no rule of its own. */
export function decisionOf({ kind }: ApprovalOption): ApprovalDecision {
  return kind === 'allow_once' || kind === 'allow_always' ? kind : 'deny';
}
