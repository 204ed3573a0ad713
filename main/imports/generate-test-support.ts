import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GenerateOptions {
  /** `~` of the CLIs. */
  home: string;
  files: number;
  /** Of one file, about. */
  bytes: number;
  /** Of the random words. */
  seed?: number;
}

export interface Generated {
  files: number;
  bytes: number;
  /** Entries a reader finds in all of them. */
  items: number;
  /** A sentence that stands once, in this file's conversation (by its number). */
  sentence: (file: number) => string;
}

const syllables = 'ka lo mi ter van su re po lin gra do fe shi mu ner ta vo cal bri sen ur qu ist am'.split(' ');

/** Numbers that repeat with the seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Words of a language with some ten thousand of them, the frequent ones much more often than the rest. */
function speaker(seed: number): (words: number) => string {
  const next = random(seed);
  const vocabulary = Array.from({ length: 12_000 }, () => {
    const length = 1 + Math.floor(next() * 3);
    return Array.from({ length }, () => syllables[Math.floor(next() * syllables.length)]).join('');
  });
  return (count) =>
    Array.from({ length: count }, () => vocabulary[Math.floor(next() ** 3 * vocabulary.length)]).join(' ');
}

/** Writes conversations as Claude Code and Codex write them, half each, with what they add of their own: about a third of the bytes is said. */
export function generateTranscripts({ home, files, bytes, seed = 7 }: GenerateOptions): Generated {
  const say = speaker(seed);
  const filler = 'x'.repeat(Math.min(8000, Math.floor(bytes / 4)));
  let written = 0;
  let items = 0;
  for (let at = 0; at < files; at += 1) {
    const write = at % 2 === 0 ? claudeFile : codexFile;
    const lines = write(home, at, bytes, say, filler);
    written += lines.bytes;
    items += lines.items;
  }
  return { files, bytes: written, items, sentence: sentenceOf };
}

const sentenceOf = (file: number): string =>
  `The lantern number ${file} hangs in the ${['east', 'west'][file % 2]} tower of Zwenkau`;

type Written = { bytes: number; items: number };

function save(folder: string, name: string, lines: readonly object[]): number {
  mkdirSync(folder, { recursive: true });
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  writeFileSync(join(folder, name), text);
  return Buffer.byteLength(text);
}

const time = (file: number, line: number): string =>
  new Date(1_760_000_000_000 + file * 3_600_000 + line * 1000).toISOString();

function claudeFile(home: string, file: number, bytes: number, say: (n: number) => string, filler: string): Written {
  const sessionId = randomUUID();
  const cwd = `/home/kim/project-${file % 20}`;
  const lines: object[] = [];
  let size = 0;
  let items = 0;
  const add = (line: object): void => {
    lines.push({
      ...line,
      sessionId,
      cwd,
      isSidechain: false,
      timestamp: time(file, lines.length),
      version: '2.1.328',
    });
    size += JSON.stringify(line).length + 180;
  };
  while (size < bytes) {
    const id = `toolu_${file}_${lines.length}`;
    const first = items === 0 ? `${sentenceOf(file)}. ` : '';
    add({ type: 'user', message: { role: 'user', content: first + say(12) } });
    add({ type: 'attachment', attachment: { type: 'prompt_snapshot', systemPrompt: [filler] } });
    add({ type: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text: say(80) }] } });
    add({
      type: 'assistant',
      message: {
        role: 'assistant',
        content: [{ type: 'tool_use', id, name: 'Bash', input: { command: `grep ${say(3)}` } }],
      },
    });
    add({
      type: 'user',
      message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: say(400) }] },
    });
    items += 3;
  }
  return {
    items,
    bytes: save(join(home, '.claude', 'projects', cwd.replaceAll('/', '-')), `${sessionId}.jsonl`, lines),
  };
}

function codexFile(home: string, file: number, bytes: number, say: (n: number) => string, filler: string): Written {
  const id = randomUUID();
  const cwd = `/home/kim/project-${file % 20}`;
  const lines: object[] = [];
  let size = 0;
  let items = 0;
  const add = (type: string, payload: object): void => {
    lines.push({ timestamp: time(file, lines.length), type, payload });
    size += JSON.stringify(payload).length + 60;
  };
  add('session_meta', { id, cwd, originator: 'codex_cli', base_instructions: { text: filler } });
  while (size < bytes) {
    const call_id = `call_${file}_${lines.length}`;
    const first = items === 0 ? `${sentenceOf(file)}. ` : '';
    add('response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text: first + say(12) }] });
    add('world_state', { state: filler });
    add('response_item', { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: say(80) }] });
    add('response_item', {
      type: 'function_call',
      name: 'exec_command',
      arguments: JSON.stringify({ cmd: `ls ${say(3)}` }),
      call_id,
    });
    add('response_item', { type: 'function_call_output', call_id, output: say(400) });
    items += 3;
  }
  const day = String(1 + (file % 28)).padStart(2, '0');
  const folder = join(home, '.codex', 'sessions', '2025', '10', day);
  return { items, bytes: save(folder, `rollout-2025-10-${day}T10-00-00-${id}.jsonl`, lines) };
}
