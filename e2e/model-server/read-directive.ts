import type { Directive, ErrorDetails, FaultCount, JsonObject, JsonValue } from './scenario.ts';

/** Turns the argument of one marker into its directive, or says what is wrong with it. */
type DirectiveReader = (argument: string) => Directive | string;

const bytesPerUnit: { [unit: string]: number } = { B: 1, BYTES: 1, KB: 1024, MB: 1024 * 1024 };

export const directiveReaders: ReadonlyMap<string, DirectiveReader> = new Map<string, DirectiveReader>([
  ['think', (argument) => ({ kind: 'think', text: readText(argument) })],
  ['text', (argument) => ({ kind: 'text', text: readText(argument) })],
  ['part', (argument) => ({ kind: 'part', text: readText(argument) })],
  ['slow', readSlow],
  ['big', readBig],
  ['results', () => ({ kind: 'results' })],
  ['tool', readTool],
  ['wait', (argument) => (argument === '' ? 'needs the name of a gate' : { kind: 'wait', gate: argument })],
  ['stall', readStall],
  ['cut', (argument) => readFault('cut', argument)],
  ['truncate', (argument) => readFault('truncate', argument)],
  ['error', readError],
  ['stop', (argument) => (argument === '' ? 'needs a stop reason' : { kind: 'stop', reason: argument })],
  ['usage', readUsage],
]);

/** A JSON string when the whole argument is one, else the words as they stand. */
function readText(argument: string): string {
  const json = argument.startsWith('"') ? parseJson(argument) : undefined;
  return typeof json === 'string' ? json : argument;
}

function readSlow(argument: string): Directive | string {
  const match = /^(\d+)(?:\s*words?)?\s*,?\s+(\d+)\s*(?:ms)?(?:\s+each)?$/.exec(argument);
  if (match === null) return 'needs "N words, M ms"';
  return { kind: 'slow', words: Number(match[1]), delayMs: Number(match[2]) };
}

function readBig(argument: string): Directive | string {
  const match = /^(\d+)\s*(bytes|B|KB|MB)?$/i.exec(argument);
  if (match === null) return 'needs a size such as "200000", "64 KB" or "2 MB"';
  return { kind: 'big', bytes: Number(match[1]) * (bytesPerUnit[(match[2] ?? 'B').toUpperCase()] ?? 1) };
}

function readTool(argument: string): Directive | string {
  const match = /^([\w.-]+)\s*(\{[\s\S]*\})?$/.exec(argument);
  if (match === null) return 'needs a tool name and, after it, its input as a JSON object';
  const input = match[2] === undefined ? {} : parseJson(match[2]);
  return isObject(input) ? { kind: 'tool', name: match[1] as string, input } : 'has an input that is not valid JSON';
}

function readStall(argument: string): Directive | string {
  if (argument === '') return { kind: 'stall', delayMs: null };
  const match = /^(\d+)\s*(?:ms)?$/.exec(argument);
  return match === null ? 'needs milliseconds, or nothing' : { kind: 'stall', delayMs: Number(match[1]) };
}

function readFault(kind: 'cut' | 'truncate', argument: string): Directive | string {
  const times = readTimes(argument);
  return times === undefined ? 'needs a count such as "x2", or nothing' : { kind, times };
}

function readError(argument: string): Directive | string {
  const match = /^([45]\d\d)\b\s*(x\d+)?\s*(\{[\s\S]*\})?$/.exec(argument);
  if (match === null) return 'needs a status 400-599, then perhaps "x2", then perhaps JSON';
  const details = match[3] === undefined ? {} : parseJson(match[3]);
  if (!isErrorDetails(details)) return 'takes {"type":…,"message":…,"headers":{…}} and nothing else';
  return { kind: 'error', status: Number(match[1]), times: readTimes(match[2] ?? '') ?? null, details };
}

function readUsage(argument: string): Directive | string {
  const usage = parseJson(argument);
  if (!isObject(usage) || !Object.values(usage).every((value) => typeof value === 'number'))
    return 'needs a JSON object of numbers';
  return { kind: 'usage', usage: usage as { [field: string]: number } };
}

function readTimes(text: string): FaultCount | undefined {
  if (text === '') return null;
  const match = /^x(\d+)$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function isErrorDetails(value: JsonValue | undefined): value is JsonObject & ErrorDetails {
  if (!isObject(value)) return false;
  return Object.entries(value).every(([key, entry]) =>
    key === 'headers'
      ? isObject(entry) && Object.values(entry).every((header) => typeof header === 'string')
      : (key === 'type' || key === 'message') && typeof entry === 'string',
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
