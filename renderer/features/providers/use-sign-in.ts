import { useCallback, useEffect, useState } from 'react';
import { t } from '../../strings/index.ts';
import { useClient } from '../../ui/client-context.ts';

/**
 * Opens a terminal with the sign-in command of an agent, and looks again each time the person comes back to this window.
 * @param onNote - told what was done.
 */
export function useSignIn(provider: string, onNote: (note: string) => void): () => void {
  const client = useClient();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (!opened) return;
    const look = (): void => void client.refreshProviders(true);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [client, opened]);
  return useCallback(() => {
    void client.request({ type: 'open_terminal', provider }).then((answer) => {
      if (answer.ok) {
        setOpened(true);
        onNote(t.onboarding.signInOpened);
      } else client.report(answer.problem);
    });
  }, [client, provider, onNote]);
}
