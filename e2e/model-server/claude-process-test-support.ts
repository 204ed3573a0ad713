import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** One line of the stream-json protocol: only `type` is common to all. */
// biome-ignore lint/suspicious/noExplicitAny: the protocol is Claude Code's, and what a test reads of it the test asserts.
export type ClaudeLine = { type: string; [field: string]: any };

export type PermissionAnswer = { behavior: 'allow' } | { behavior: 'deny'; message: string };

export interface ClaudeProcess {
  readonly pid: number;
  /** Everything it wrote so far. */
  readonly lines: readonly ClaudeLine[];
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  prompt(text: string): void;
  /** Sends a control request. @returns the `response` of its answer. */
  control(request: { subtype: string; [field: string]: unknown }): Promise<ClaudeLine>;
  /** The first line, past or future, that fits. Rejects when the process ends before. */
  waitFor(what: string, accepts: (line: ClaudeLine) => boolean): Promise<ClaudeLine>;
  /** The `result` of the nth turn, counted from 1. */
  result(turn: number): Promise<ClaudeLine>;
  endInput(): void;
  kill(signal: NodeJS.Signals): void;
}

export interface ClaudeProcessOptions {
  binary: string;
  cwd: string;
  env: { [name: string]: string };
  /** More arguments, such as `--resume ID`. */
  args?: string[];
  /** Answers permission requests; without it they stay open. */
  permission?: (request: ClaudeLine) => PermissionAnswer | null;
}

const streamJson = [
  '-p',
  '--input-format',
  'stream-json',
  '--output-format',
  'stream-json',
  '--verbose',
  '--include-partial-messages',
];
const permissions = ['--permission-prompt-tool', 'stdio', '--permission-mode', 'default'];

/** Starts the real Claude Code as a gateway would, and gives a test the lines it writes. */
export function startClaude({ binary, cwd, env, args = [], permission }: ClaudeProcessOptions): ClaudeProcess {
  const child = spawn(binary, [...streamJson, ...permissions, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: ClaudeLine[] = [];
  const listeners = new Set<(line: ClaudeLine) => void>();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A process that was killed can no longer take input; its exit tells the test.
  child.stdin.on('error', () => {});
  const write = (line: object) => child.stdin.write(`${JSON.stringify(line)}\n`);
  const exited = once(child, 'close').then(
    ([code, signal]) => ({ code, signal }) as { code: number | null; signal: NodeJS.Signals | null },
  );

  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as ClaudeLine;
    lines.push(line);
    if (line.type === 'control_request') {
      const answer = permission?.(line.request) ?? null;
      if (answer !== null) {
        const response = answer.behavior === 'allow' ? { ...answer, updatedInput: line.request.input } : answer;
        write({ type: 'control_response', response: { subtype: 'success', request_id: line.request_id, response } });
      }
    }
    for (const listener of listeners) listener(line);
  });

  function waitFor(what: string, accepts: (line: ClaudeLine) => boolean): Promise<ClaudeLine> {
    const known = lines.find(accepts);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const listener = (line: ClaudeLine) => {
        if (!accepts(line)) return;
        listeners.delete(listener);
        resolve(line);
      };
      listeners.add(listener);
      void exited.then(({ code, signal }) =>
        reject(
          new Error(
            `claude ended (${code ?? signal}) before ${what}\n${stderr}\n${lines.map((line) => JSON.stringify(line)).join('\n')}`,
          ),
        ),
      );
    });
  }

  return {
    pid: child.pid ?? -1,
    lines,
    exited,
    prompt: (text) => write({ type: 'user', message: { role: 'user', content: text } }),
    async control(request) {
      const requestId = randomUUID();
      write({ type: 'control_request', request_id: requestId, request });
      const answer = await waitFor(
        `the answer to ${request.subtype}`,
        (line) => line.response?.request_id === requestId,
      );
      return answer.response;
    },
    waitFor,
    async result(turn) {
      await waitFor(`result ${turn}`, () => lines.filter((line) => line.type === 'result').length >= turn);
      return lines.filter((line) => line.type === 'result')[turn - 1] as ClaudeLine;
    },
    endInput: () => child.stdin.end(),
    kill: (signal) => child.kill(signal),
  };
}

/** The text of all deltas of one kind, in order, one entry per stream event. */
export function deltas(lines: readonly ClaudeLine[], type: 'text_delta' | 'thinking_delta'): string[] {
  return lines
    .filter((line) => line.type === 'stream_event' && line.event.delta?.type === type)
    .map((line) => line.event.delta.text ?? line.event.delta.thinking);
}
