import { ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { RuleMatch, RuleRequest } from '../protocol/values.ts';
import { nothingChanged, refusal } from './decision.ts';

/** Names of tools that run programs, in the CLIs we know and in most others. In doubt it is one. */
const runsPrograms = /bash|shell|exec|command|terminal|\brun|powershell|\bpwsh|\bcmd|script|process|python|eval|code/i;

const noPattern = refusal(
  'invalid_frame',
  say('rule.noPattern'),
  'The rule says nothing of what it covers.',
  nothingChanged,
  'Name the command, its beginning, or the folder.',
);

/** Would it cover everything a tool can do that runs programs, or every file of this machine? */
export function isUnlimited({ tool, match, pattern }: Pick<RuleMatch, 'tool' | 'match' | 'pattern'>): boolean {
  if (match === 'any') return runsPrograms.test(tool);
  return match === 'folder' && /^([A-Za-z]:)?[\\/]*$/.test(pattern.trim());
}

function labelOf({ tool, match, pattern }: RuleRequest): string {
  const short = pattern.length > 200 ? `${pattern.slice(0, 199)}…` : pattern;
  switch (match) {
    case 'any':
      return `everything by ${tool}`;
    case 'prefix':
      return `\`${short}\` and what follows it`;
    case 'folder':
      return `${tool} in ${short}`;
    case 'exact':
      return `\`${short}\``;
  }
}

/** A rule as it is kept, or why it cannot be one. */
export function checkedRule(asked: RuleRequest): Result<RuleMatch, Problem> {
  const { tool, match, label, unlimited } = asked;
  const pattern = match === 'any' ? '' : asked.pattern;
  if (match !== 'any' && pattern.trim() === '') return noPattern;
  if (match === 'folder' && !/^([A-Za-z]:)?[\\/]/.test(pattern)) {
    return refusal(
      'invalid_frame',
      say('rule.notFullPath', { pattern }),
      `"${pattern}" is not a full path.`,
      nothingChanged,
      'Write the whole path.',
    );
  }
  if (isUnlimited(asked) && unlimited !== true) {
    return refusal(
      'invalid_frame',
      match === 'any' ? say('rule.everyProgram', { tool }) : say('rule.everyFile'),
      match === 'any'
        ? `This rule would let ${tool} run every program without asking.`
        : 'This rule would cover every file of this machine.',
      nothingChanged,
      'Name a command, its beginning, or a folder; or say "unlimited", which takes the scope admin.',
    );
  }
  return ok({ tool, match, pattern, label: label ?? labelOf(asked) });
}
