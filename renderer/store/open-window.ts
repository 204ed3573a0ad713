import type { SessionId } from '../../main/protocol/ids.ts';
import { t } from '../strings/index.ts';
import type { Client } from './client.ts';

/** Opens one more window of the app, for a session or (null) a new one. Where there are no windows nothing offers it. */
export async function openWindow({ bridge, report }: Pick<Client, 'bridge' | 'report'>, sessionId: SessionId | null) {
  const opened = await (bridge.openWindow?.(sessionId) ?? true);
  if (!opened) report({ code: 'overloaded', ...t.desktop.tooManyWindows });
}
