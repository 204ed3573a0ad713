import { canonicalJson } from '../base/canonical-json.ts';
import type { RuleMatch, ToolKind } from '../protocol/values.ts';

/** What a rule is held against. */
export interface RuleSubject {
  tool: string;
  kind: ToolKind;
  input: unknown;
  /** The exact command, where the tool runs one. */
  command?: string;
  /** Absolute, resolved path, where the tool touches one. */
  path?: string;
}

/** Anything with which a shell could start a second command, redirect, expand or continue. */
const shellControl = /[;&|<>`$(){}\\\n\r]/;

/** Lies `path` in `folder`? Both absolute; a path with `..` in it is never inside. */
export function isInside(path: string, folder: string): boolean {
  const segments = path.split(/[\\/]/);
  if (segments.includes('..')) return false;
  const base = folder.replace(/[\\/]+$/, '');
  if (base === '') return false;
  return path === base || path.startsWith(`${base}/`) || path.startsWith(`${base}\\`);
}

/** Fields of a command's input that do not change what it may do. Any other one, and the rule does not speak for it. */
const harmless = new Set(['command', 'description', 'timeout']);

function isOnlyCommand(input: unknown): boolean {
  return typeof input !== 'object' || input === null || Object.keys(input).every((field) => harmless.has(field));
}

/** Does the rule cover this request? In doubt it does not: then a person is asked. */
export function ruleCovers(rule: RuleMatch, subject: RuleSubject): boolean {
  if (rule.tool !== subject.tool || subject.kind === 'question') return false;
  switch (rule.match) {
    case 'any':
      return true;
    case 'exact':
      if (subject.command === undefined) return canonicalJson(subject.input) === rule.pattern;
      return subject.command === rule.pattern && isOnlyCommand(subject.input);
    case 'prefix':
      return (
        isOnlyCommand(subject.input) &&
        subject.command?.startsWith(rule.pattern) === true &&
        rule.pattern.trim() !== '' &&
        !shellControl.test(subject.command.slice(rule.pattern.length))
      );
    case 'folder':
      return subject.path !== undefined && isInside(subject.path, rule.pattern);
  }
}
