import type { SessionId } from '../../../main/protocol/ids.ts';
import type { Client, Request } from '../../store/client.ts';
import { forkSession } from '../../store/fork-session.ts';
import { askForGoal } from '../../store/goal-asked.ts';
import type { AppCommand } from './app-commands.ts';

/** Carries out a command of the app. @returns whether it was done; when not, the person has been told why and keeps the words. */
export async function runAppCommand(client: Client, session_id: SessionId, command: AppCommand): Promise<boolean> {
  const run = async (request: Request): Promise<boolean> => (await client.act(session_id, request)).ok;
  switch (command.type) {
    case 'goal_empty':
      askForGoal(session_id);
      return true;
    case 'goal':
      return run({ type: 'set_goal', session_id, objective: command.objective });
    case 'goal_action':
      return run({ type: 'change_goal', session_id, action: command.action });
    case 'rename':
      return run({ type: 'rename_session', session_id, title: command.title.slice(0, 200) });
    case 'fork':
      return (await forkSession(client, session_id, null)) !== null;
  }
}
