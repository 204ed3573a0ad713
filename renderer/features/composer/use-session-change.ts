import type { PermissionMode } from '../../../main/protocol/values.ts';
import { type LastChoice, rememberChoice } from '../../store/last-choice.ts';
import { useClient } from '../../ui/client-context.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useFolder, useSession } from '../conversation/session-context.ts';

type Change =
  | { type: 'set_mode'; mode: PermissionMode }
  | { type: 'set_model'; model: string | null }
  | { type: 'set_effort'; effort: string | null }
  | { type: 'set_provider'; provider: string };

/**
 * How the session goes on, changed from a picker.
 * @returns `whyNot`: why this device may not; null: it may. `change`: does it, and once it is done keeps the choice for the next session in the folder.
 */
export function useSessionChange() {
  const client = useClient();
  const { sessionId } = useSession();
  const folder = useFolder();
  const whyNot = useWhyNot('sessions:write');
  const change = async (request: Change, choice: LastChoice): Promise<void> => {
    const answer = await client.act(sessionId, { ...request, session_id: sessionId });
    if (answer.ok && folder !== null) rememberChoice(folder, choice);
  };
  return { whyNot, change };
}
