import { createInterface } from 'node:readline';
import { text as readAll } from 'node:stream/consumers';
import type { Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { appVersion } from './app-version.ts';
import { askAtTerminal } from './approver.ts';
import { type Call, readArguments } from './arguments.ts';
import { type ConnectOptions, connect, type Line } from './connect.ts';
import { exitCodes } from './exit-codes.ts';
import { describeProblem, type Output, reportProblem } from './output.ts';
import { withoutEcho } from './person-signal.ts';
import { type SendIo, send } from './send.ts';
import { usage } from './usage.ts';
import { runVerb } from './verbs.ts';

const output: Output = {
  out: (text) => process.stdout.write(text),
  note: (line) => void process.stderr.write(`${line}\n`),
  onceDrained: (callback) => void process.stdout.once('drain', callback),
};

/** What is done when nobody reads our output any more (`| head`): that is not an error. */
let onReaderGone = (): void => process.exit(exitCodes.completed);

/** After this long a command that was told to end is ended, milliseconds. */
const hardExitMs = 5_000;

function sendIo(readsCommands: boolean): SendIo {
  const { stdin, stderr } = process;
  return {
    ...output,
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    ask: askAtTerminal,
    // Made when it is read: what comes before somebody listens would be lost.
    readLines:
      readsCommands && !stdin.isTTY
        ? () => createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })
        : null,
    onSignal(interrupt, leave) {
      const interrupted = withoutEcho(interrupt);
      const end = () => {
        leave();
        setTimeout(() => process.exit(exitCodes.stopped), hardExitMs).unref();
      };
      onReaderGone = end;
      process.on('SIGINT', interrupted);
      process.on('SIGTERM', end);
      process.on('SIGHUP', end);
      return () => {
        process.off('SIGINT', interrupted);
        process.off('SIGTERM', end);
        process.off('SIGHUP', end);
      };
    },
  };
}

/** Connects; what the person has to know of the start in this process goes to stderr, also under --json. */
async function connectAndTell(options: ConnectOptions): Promise<Result<Line, Problem>> {
  const line = await connect(options);
  if (line.ok) for (const notice of line.value.notices) output.note(`${describeProblem(notice)}\n`);
  return line;
}

async function runSend(call: Extract<Call, { verb: 'send' }>, options: ConnectOptions): Promise<number> {
  const { json } = call;
  const { stdin } = process;
  const fromStdin = call.send.text === null && !stdin.isTTY && !json;
  const text = fromStdin ? (await readAll(stdin)).trim() : (call.send.text ?? '');
  if (text === '') {
    output.note(
      `send needs a TEXT${json ? ' (with --json, stdin is for commands)' : ''}.\nRun it with --help to see how it is used.`,
    );
    return exitCodes.usage;
  }
  if (text.length > limits.promptChars) {
    const problem: Problem = {
      code: 'frame_too_large',
      message: `The text has ${text.length} characters; a message may have ${limits.promptChars}.`,
      impact: 'Nothing was sent, and no session was opened.',
      next: 'Put the text into a file in the folder of the session, and ask the agent to read it.',
    };
    reportProblem(output, problem, json);
    return exitCodes.refused;
  }
  return send(
    { ...call.send, text },
    {
      io: sendIo(json),
      json,
      cwd: process.cwd(),
      connect: () =>
        connectAndTell({
          ...options,
          patienceMs: Number.POSITIVE_INFINITY,
          onWait: (pid) =>
            output.note(
              `Waiting for another Quarterdeck command${pid ? ` (process ${pid})` : ''} that uses this data folder. Start the app to let them share it.`,
            ),
        }),
    },
  );
}

/**
 * Runs one call of the command line.
 * @param here - folder of the entry script, to find the package from.
 * @returns the exit code.
 */
export async function runCommandLine(argv: string[], here: string): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') onReaderGone();
    else process.exit(exitCodes.failed);
  });
  const read = readArguments(argv, process.env, process.cwd());
  if (!read.ok) {
    output.note(`${read.error}\nRun it with --help to see how it is used.`);
    return exitCodes.usage;
  }
  const call = read.value;
  const version = appVersion(here);
  if (call.verb === 'help' || call.verb === 'version') {
    output.out(`${call.verb === 'help' ? usage : version}\n`);
    return exitCodes.completed;
  }
  const options: ConnectOptions = { home: call.home, version };
  if (call.verb === 'send') return runSend(call, options);
  const runningOnly = call.verb === 'stop' || call.verb === 'open';
  const line: Result<Line, Problem> = await connectAndTell({ ...options, runningOnly });
  if (!line.ok && call.verb === 'stop' && line.error.code === 'not_found') {
    output.out(call.json ? `${JSON.stringify({ stopped: false })}\n` : 'Quarterdeck is not running.\n');
    return exitCodes.completed;
  }
  if (!line.ok) {
    reportProblem(output, line.error, call.json);
    return exitCodes.refused;
  }
  let code: number;
  try {
    code = await runVerb(call, line.value, output);
  } finally {
    await line.value.close();
  }
  // A restore is carried out by whoever opens the data folder next.
  const opensBackup = call.verb === 'restore' && !call.look && code === exitCodes.completed;
  if (!opensBackup || line.value.running) return code;
  const again = await connectAndTell(options);
  if (again.ok) await again.value.close();
  else reportProblem(output, again.error, false);
  return again.ok ? code : exitCodes.failed;
}
