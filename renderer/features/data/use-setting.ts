import { useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Settings } from '../../../main/protocol/settings.ts';
import { useClient } from '../../ui/client-context.ts';

/** Settings that count at once; one that was refused goes back to what it was. */
export function useSettingsNow(initial: Settings) {
  const client = useClient();
  const [settings, setSettings] = useState(initial);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    settings,
    problem,
    async set(change: Partial<Settings>): Promise<boolean> {
      const before = settings;
      setSettings({ ...settings, ...change });
      const answer = await client.request<{ settings: Settings }>({ type: 'settings_set', settings: change });
      setSettings(answer.ok ? answer.value.settings : before);
      setProblem(answer.ok ? null : answer.problem);
      return answer.ok;
    },
  };
}
