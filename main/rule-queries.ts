import { canonicalJson } from './base/canonical-json.ts';
import type { Clock } from './base/clock.ts';
import { idOfOnce } from './once.ts';
import { refuseQuery } from './orchestrator/connection.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import { type Entropy, type Folders, type QueryHandlers, type RuleStore, StorageError } from './orchestrator/ports.ts';
import { storageProblem } from './orchestrator/problems.ts';
import { inspectFor, isFolderWithin, sessionsWithin } from './orchestrator/restrictions.ts';
import type { Problem } from './protocol/errors.ts';
import { say } from './protocol/saying.ts';
import type { FolderRule } from './protocol/views.ts';
import { checkedRule } from './sessions/rule-request.ts';

type RuleQueries = Pick<QueryHandlers, 'rules_list' | 'rules_create' | 'rules_delete'>;

const noRule: Problem = {
  code: 'not_found',
  say: say('rule.none'),
  message: 'There is no such rule, or it is gone already.',
  impact: 'Nothing was changed.',
  next: 'Look at the list again.',
};

const alreadyOver: Problem = {
  code: 'invalid_frame',
  say: say('rule.alreadyOver'),
  message: 'The rule would have ended before it began.',
  impact: 'No rule was made.',
  next: 'Choose a time that lies ahead, or none.',
};

const anotherRule: Problem = {
  code: 'conflict',
  say: say('rule.another'),
  message: 'An earlier request with the same key made another rule.',
  impact: 'No rule was made or changed.',
  next: 'Use a new key for a new rule.',
};

const sameRule = (one: FolderRule, other: FolderRule): boolean =>
  canonicalJson([one.cwd, one.provider, one.rule, one.expires_at]) ===
  canonicalJson([other.cwd, other.provider, other.rule, other.expires_at]);

/** Lists, makes and takes back lasting answers that no request has to wait for. */
export function createRuleQueries(parts: {
  orchestrator: Orchestrator;
  rules: RuleStore;
  folders: Folders;
  clock: Clock;
  entropy: Entropy;
}): RuleQueries {
  const { orchestrator, rules, folders, clock, entropy } = parts;
  const stands = ({ expires_at }: { expires_at: number | null }) => expires_at === null || expires_at > clock.now();

  return {
    rules_list(_query, principal) {
      const reached = sessionsWithin(principal, orchestrator.summaries());
      return {
        rules: rules.list().filter((one) => stands(one) && isFolderWithin(principal, one.cwd)),
        session_rules: rules.ofSessions().filter((one) => stands(one) && reached.has(one.session_id)),
      };
    },

    async rules_create({ once, cwd, provider, rule, expires_at }, principal) {
      const checked = checkedRule(rule);
      if (!checked.ok) return refuseQuery(checked.error);
      if (expires_at !== undefined && expires_at <= clock.now()) return refuseQuery(alreadyOver);
      const folder = await inspectFor(principal, folders, cwd);
      if (!folder.ok) return refuseQuery({ ...folder.problem, impact: 'No rule was made.' });
      const made: FolderRule = {
        rule_id: once === undefined ? entropy.id('rule') : `rule_${idOfOnce(principal, 'rule', once).slice(0, 24)}`,
        cwd: folder.path,
        provider,
        rule: checked.value,
        created_at: clock.now(),
        expires_at: expires_at ?? null,
        by: principal.actor,
      };
      const before = once === undefined ? undefined : rules.list().find((one) => one.rule_id === made.rule_id);
      if (before) return sameRule(before, made) ? before : refuseQuery(anotherRule);
      return kept(() => rules.add(made));
    },

    rules_delete({ rule_id }, principal) {
      const found = rules.list().find((one) => one.rule_id === rule_id);
      if (!found || !isFolderWithin(principal, found.cwd)) return refuseQuery(noRule);
      return kept(() => (rules.remove(rule_id) ? {} : refuseQuery(noRule)));
    },
  };
}

function kept(write: () => unknown): unknown {
  try {
    return write();
  } catch (error) {
    if (error instanceof StorageError) return refuseQuery(storageProblem(error));
    throw error;
  }
}
