import { relative, sep } from 'node:path';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { RuleMatch } from '../../protocol/values.ts';
import { holdsHome, isInside, isSensitive as isSensitiveAnywhere } from '../shared/approval-rule.ts';
import type { Call } from './tool-calls.ts';
import { fields } from './wire.ts';

/** Real, absolute paths: the session's folder, the person's home, and what the call touches. */
export interface Place {
  cwd: string;
  home: string;
  paths: readonly string[];
}

const maxPattern = 20_000;
const labelChars = 280;
/** Fields of a command's input that do not change what it may do. With any other one the words on the button would not say everything. */
const harmless: ReadonlySet<string> = new Set(['command', 'description', 'timeout']);

/**
 * What the lasting answers to a call would cover, drawn as narrow as the words on the button. Pure.
 * @returns null when nothing safe can be said; then only "once" is offered.
 */
export function approvalRule(call: Call, { cwd, home, paths }: Place): RuleMatch | null {
  const { tool, kind, command, input } = call;
  if (kind === 'plan' || kind === 'question' || kind === 'agent') return null;
  if (kind === 'execute') {
    if (command === undefined || command.length > maxPattern) return null;
    const told = Object.entries(fields(input));
    if (!told.every(([name, value]) => harmless.has(name) || (name === 'cwd' && value === cwd))) return null;
    return { tool, match: 'exact', pattern: command, label: shorten(`\`${command}\``) };
  }
  if (kind === 'edit') {
    // A rule is held against one path; a call that touches several is asked for each time.
    const [path, ...more] = paths;
    const fits = path !== undefined && more.length === 0 && isInside(cwd, path) && !isSensitive(cwd, path);
    return fits && !holdsHome(cwd, home)
      ? { tool, match: 'folder', pattern: cwd, label: `${tool} in this folder` }
      : null;
  }
  // Without the agent's own input there is nothing two calls could be equal in.
  if (!call.inputTold) return null;
  const pattern = canonicalJson(input);
  return pattern.length > maxPattern
    ? null
    : { tool, match: 'exact', pattern, label: shorten(`${tool} with exactly this input`) };
}

/** The settings of agents that have no adapter of their own, what they obey, and where keys lie. */
const ofAgents =
  /^(?:\.(?:env(?:\..*)?|agents?|gemini|codex|cursor|claude|opencode|goose|kimi|qwen|vibe)|(?:AGENTS|GEMINI|CLAUDE|QWEN)(?:\.\w+)?\.md)$/i;

/** Such files are asked for one by one. */
export function isSensitive(cwd: string, path: string): boolean {
  return (
    isSensitiveAnywhere(cwd, path) ||
    relative(cwd, path)
      .split(sep)
      .some((part) => ofAgents.test(part))
  );
}

function shorten(label: string): string {
  const line = label.replace(/\s+/g, ' ');
  return line.length > labelChars ? `${line.slice(0, labelChars - 1)}…` : line;
}
