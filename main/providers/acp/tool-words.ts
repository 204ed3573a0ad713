import { limits } from '../../protocol/limits.ts';
import type { AcpQuirks } from './agent.ts';
import type { Call } from './tool-calls.ts';
import { fields, list } from './wire.ts';

/** What an agent says of a call. */
interface Described extends Pick<Call, 'tool' | 'title'> {
  raw: unknown;
}

const titleChars = 1000;
/** Far above what is kept; the record cuts and counts, this only keeps a monster out of memory. */
export const outputChars = 4 * limits.toolOutputChars;

export function hasFields(value: unknown): boolean {
  return Object.keys(fields(value)).length > 0;
}

/** The exact command, where the agent tells it; a title is only a title unless the agent is known for more. */
export function commandOf(call: Described, quirks: AcpQuirks): string | undefined {
  const { command } = fields(call.raw);
  if (typeof command === 'string' && command !== '') return command;
  const words = list(command);
  if (words.length > 0 && words.every((word) => typeof word === 'string')) return JSON.stringify(words);
  return quirks.titleIsCommand?.(call.tool) === true && call.title !== '' ? call.title : undefined;
}

export function knownInput({ command, paths, description }: Pick<Call, 'command' | 'paths' | 'description'>): object {
  if (command !== undefined) return { command };
  return {
    ...(paths.length === 0 ? {} : { path: paths.length === 1 ? paths[0] : paths }),
    ...(description === '' ? {} : { description }),
  };
}

/** One line for people. */
export function titleOf({ title, tool }: Pick<Call, 'title' | 'tool'>): string {
  const trimmed = title.trim();
  const end = trimmed.search(/[\r\n]/);
  const line = (end === -1 ? trimmed : `${trimmed.slice(0, end)} …`) || tool || 'Tool';
  return line.length > titleChars ? `${line.slice(0, titleChars - 1)}…` : line;
}

export function bounded(text: string): string {
  if (text.length <= outputChars) return text;
  const half = outputChars / 2;
  return `${text.slice(0, half)}\n… ${text.length - outputChars} characters left out …\n${text.slice(-half)}`;
}
