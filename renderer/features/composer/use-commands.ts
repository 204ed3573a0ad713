import { useEffect, useState } from 'react';
import type { SlashCommand } from '../../../main/protocol/values.ts';
import { useClient } from '../../ui/client-context.ts';
import { useSession, useSessionProvider } from '../conversation/session-context.ts';
import { appCommands, type ComposerCommand, mergeCommands } from './app-commands.ts';

export interface CommandList {
  readonly commands: readonly ComposerCommand[];
  readonly loading: boolean;
}

/** The commands of the app and of the agent; the agent's are asked for anew each time `wanted` becomes true. */
export function useCommands(wanted: boolean): CommandList {
  const client = useClient();
  const { sessionId } = useSession();
  const provider = useSessionProvider();
  const [theirs, setTheirs] = useState<readonly SlashCommand[]>([]);
  const [loading, setLoading] = useState(false);
  const offers = provider?.capabilities.slash_commands === true;
  useEffect(() => {
    if (!wanted || !offers) return;
    let gone = false;
    setLoading(true);
    void client
      .request<{ commands: SlashCommand[] }>({ type: 'list_commands', session_id: sessionId })
      .then((answer) => {
        if (gone) return;
        setLoading(false);
        // Without the agent's list the app's own commands are still there, and every other text still goes to the agent.
        if (answer.ok) setTheirs(answer.value.commands);
      });
    return () => {
      gone = true;
    };
  }, [client, sessionId, wanted, offers]);
  const goals = provider ? provider.capabilities.goals !== 'none' : false;
  return {
    commands: mergeCommands(appCommands({ goals }), offers ? theirs : []),
    loading: loading && theirs.length === 0,
  };
}
