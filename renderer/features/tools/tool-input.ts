import type { ToolItem } from '../../store/transcript/view.ts';

/** A text field of the tool's input; null when there is none of this name. */
export function inputText(input: unknown, name: string): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const value = (input as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : null;
}

/** The whole command of a call that runs one. */
export function commandOf(tool: ToolItem): string {
  return inputText(tool.input, 'command') ?? tool.title;
}

/** The input as people can read it; null when there is nothing in it. */
export function readableInput(input: unknown): string | null {
  if (input === undefined || input === null) return null;
  if (typeof input === 'string') return input;
  if (typeof input === 'object' && Object.keys(input).length === 0) return null;
  return JSON.stringify(input, null, 2);
}
