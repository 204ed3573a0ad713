import type { CommandId } from '../protocol/ids.ts';

/** What a script can ask for while it follows a turn. Each answers what was wrong, or null. */
export interface StdinCommands {
  /** @param turn_id - null: the turn of our message. */
  abort(turn_id: string | null): Promise<unknown>;
  keepGoing(): Promise<string | null>;
  respond(response: Record<string, unknown>, command_id: CommandId | undefined): Promise<string | null>;
}

/** Carries out commands that come as lines of JSON, one after the other, until there are no more. What is not understood is said to `note`. */
export async function readCommands(
  lines: AsyncIterable<string>,
  note: (line: string) => void,
  commands: StdinCommands,
): Promise<void> {
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const wrong = await carryOut(line, commands);
    if (wrong) note(wrong);
  }
}

async function carryOut(line: string, commands: StdinCommands): Promise<string | null> {
  let command: Record<string, unknown> | null;
  try {
    command = JSON.parse(line) as Record<string, unknown> | null;
  } catch {
    return `Not understood on stdin, it is not JSON: ${line.slice(0, 200)}`;
  }
  switch (command?.type) {
    case 'abort':
      await commands.abort(typeof command.turn_id === 'string' ? command.turn_id : null);
      return null;
    case 'keep_going':
      return commands.keepGoing();
    case 'approval_response': {
      const { command_id, session_id: _session, ...response } = command;
      return commands.respond(response, typeof command_id === 'string' ? (command_id as CommandId) : undefined);
    }
    default:
      return `Not understood on stdin: only approval_response, keep_going and abort are. ${line.slice(0, 200)}`;
  }
}
