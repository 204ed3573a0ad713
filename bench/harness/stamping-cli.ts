import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from './scratch.ts';
import { root } from './server-process.ts';

/** Characters of one delta: 19 digits and two more. */
const stampChars = 21;
const stampDigits = 19;

/**
 * An executable called `claude` that runs `fixtures/stamping-claude.mjs` on this Node, whatever is on the PATH.
 * @param textFile - what it writes instead of stamps.
 */
export function makeStampingCli(textFile?: string): string {
  const file = join(freshFolder('bin'), 'claude');
  writeFileSync(
    file,
    `#!/bin/sh\n${textFile ? `export QUARTERDECK_BENCH_TEXT='${textFile}'\n` : ''}exec '${process.execPath}' '${join(root, 'bench/fixtures/stamping-claude.mjs')}' "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

export const promptLine = (text: string) => ({
  type: 'user',
  message: { role: 'user', content: text },
  parent_tool_use_id: null,
});

/** Collects how long the deltas of one turn took from the CLI's write to their arrival. */
export class Delays {
  /** Microseconds, in the order of arrival. */
  readonly us: number[] = [];
  frames = 0;
  firstWrittenNs = 0n;
  lastArrivedNs = 0n;

  /** @param text - of a frame's delta: one stamp, or several where deltas were merged. */
  add(text: string, at: bigint): void {
    this.frames += 1;
    for (let from = 0; from < text.length; from += stampChars) {
      const written = BigInt(text.slice(from, from + stampDigits));
      if (this.us.length === 0) this.firstWrittenNs = written;
      this.us.push(Number(at - written) / 1000);
    }
    this.lastArrivedNs = at;
  }

  /** @param text - of the finished block: what had not come as a delta before (the client was behind) comes with it. */
  addRest(text: string, at: bigint): void {
    const rest = text.slice(this.us.length * stampChars);
    if (rest !== '') this.add(rest, at);
  }

  /** Deltas a second from the first write to the last arrival. */
  get rate(): number {
    return (this.us.length / Number(this.lastArrivedNs - this.firstWrittenNs)) * 1e9;
  }
}

/** The text of a delta in a line of the CLI; undefined for any other line. Quick, because it stands in the measured path of the floor's client. */
export function textOfLine(line: string): string | undefined {
  if (!line.includes('"text_delta"')) return undefined;
  return (JSON.parse(line) as { event: { delta: { text: string } } }).event.delta.text;
}

/** The same of a frame of the app. */
export function textOfFrame(frame: string): string | undefined {
  if (!frame.startsWith('{"type":"text_delta"')) return undefined;
  return (JSON.parse(frame) as { text: string }).text;
}

/** The text of a finished block in a frame of durable events. */
export function finishedTextOfFrame(frame: string): string | undefined {
  if (!frame.startsWith('{"type":"events"')) return undefined;
  const { events } = JSON.parse(frame) as { events: { type: string; text?: string }[] };
  return events.find((event) => event.type === 'text')?.text;
}
