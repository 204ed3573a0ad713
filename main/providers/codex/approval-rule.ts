import { relative, sep } from 'node:path';
import type { RuleMatch } from '../../protocol/values.ts';
import { approvalRule, holdsHome, isInside, isSensitive } from '../shared/approval-rule.ts';
import { list } from '../shared/fields.ts';

/**
 * What "allow for this session" and "always allow" would cover for a command.
 * @param amendment - Codex's own proposal (`proposedExecpolicyAmendment`): the words a command would have to begin with.
 */
export function commandRule(tool: string, command: string, amendment: unknown, cwd: string): RuleMatch | null {
  const words = list(amendment).filter((word): word is string => typeof word === 'string');
  const ruleContent = `${words.join(' ')} *`;
  const suggestions = words.length === 0 ? [] : [{ type: 'addRules', rules: [{ toolName: tool, ruleContent }] }];
  return approvalRule({ tool, kind: 'execute', input: { command }, suggestions, cwd });
}

/** For changes: all changes in the session's folder, if that is where these are. @param paths - real, absolute. */
export function editRule(tool: string, paths: readonly string[], cwd: string, home: string): RuleMatch | null {
  if (!areOrdinary(paths, cwd) || holdsHome(cwd, home)) return null;
  return { tool, match: 'folder', pattern: cwd, label: 'changes to files in this folder' };
}

/** True when all of them lie in the folder and none is obeyed by others: hooks, editor tasks, the agent's own settings. */
export function areOrdinary(paths: readonly string[], cwd: string): boolean {
  return paths.length > 0 && paths.every((path) => isInside(cwd, path) && !isSensitive(cwd, path) && !isOwn(cwd, path));
}

function isOwn(cwd: string, path: string): boolean {
  return relative(cwd, path)
    .split(sep)
    .some((part) => /^(?:\.codex|\.agents|AGENTS(?:\.override)?\.md)$/i.test(part));
}
