import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freshFolder } from './scratch.ts';
import { type Server, startApp, startFloor } from './server-process.ts';
import { SocketClient } from './socket-client.ts';
import { type Delays, finishedTextOfFrame, promptLine, textOfFrame, textOfLine } from './stamping-cli.ts';

/** One way from the CLI to us. `turn` resolves when its turn is over. */
export interface Way {
  /** The process between the CLI and us; null: there is none. */
  pid: number | null;
  turn(prompt: string, delays: Delays): Promise<void>;
  stop(): Promise<void>;
}

/** The CLI's stdout, read here. */
export function direct(cli: string): Way {
  const child: ChildProcess = spawn(cli, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  let hear: (line: string, at: bigint) => void = () => {};
  createInterface({ input: child.stdout! }).on('line', (line) => hear(line, process.hrtime.bigint()));
  return {
    pid: null,
    turn: (prompt, delays) =>
      new Promise((resolve) => {
        hear = (line, at) => {
          const text = textOfLine(line);
          if (text !== undefined) delays.add(text, at);
          else if (line.startsWith('{"type":"result"')) resolve();
        };
        child.stdin!.write(`${JSON.stringify(promptLine(prompt))}\n`);
      }),
    stop: async () => {
      child.kill();
    },
  };
}

/** The floor's gateway between the CLI and us. */
export async function floor(cli: string): Promise<Way> {
  const server = await startFloor({ database: join(freshFolder('floor'), 'floor.db'), cli });
  const client = await SocketClient.connect(server);
  return {
    pid: server.pid,
    turn: (prompt, delays) =>
      new Promise((resolve) => {
        client.onFrame = (frame, at) => {
          const text = textOfLine(frame);
          if (text !== undefined) delays.add(text, at);
          else if (frame.startsWith('{"type":"result"')) resolve();
        };
        client.send(JSON.stringify({ prompt: promptLine(prompt) }));
      }),
    stop: () => server.stop(),
  };
}

/** The app between the CLI and us: a session of the provider `claude`, followed over its WebSocket. @param connect - by which door. */
export async function app(
  cli: string,
  connect: (server: Server) => Promise<SocketClient> = SocketClient.connect,
): Promise<Way> {
  const folder = freshFolder('project');
  const server = await startApp(freshFolder('home'), { QUARTERDECK_CLAUDE_PATH: cli });
  const client = await connect(server);
  const { session_id } = await client.ask({ type: 'new_chat', cwd: folder, provider: 'claude' });
  await client.ask({ type: 'attach', session_id, after_seq: 0 });
  return {
    pid: server.pid,
    turn: async (prompt, delays) => {
      const over = new Promise<void>((resolve, reject) => {
        client.onFrame = (frame, at) => {
          const text = textOfFrame(frame);
          if (text !== undefined) delays.add(text, at);
          const finished = finishedTextOfFrame(frame);
          if (finished !== undefined) delays.addRest(finished, at);
          if (frame.startsWith('{"type":"events"') && frame.includes('"turn_end"')) {
            if (frame.includes('"completed"')) resolve();
            else reject(new Error(`the turn did not complete: ${frame.slice(0, 2000)}`));
          }
        };
      });
      await client.ask({ type: 'message', session_id, text: prompt });
      await over;
    },
    stop: () => server.stop(),
  };
}
