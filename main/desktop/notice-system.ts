import { Notification } from 'electron';
import type { NoticeSystem } from './notices.ts';

/** The system's own notifications. Buttons only where every version of the system has them and tells which one was pressed. */
export function createNoticeSystem(platform: NodeJS.Platform, warn: (line: string) => void): NoticeSystem {
  const actions = platform === 'darwin' || platform === 'win32';
  return {
    supported: Notification.isSupported(),
    actions,
    markup: platform !== 'darwin' && platform !== 'win32',
    show({ title, body, silent, actions: buttons, clicked, shown }) {
      const notification = new Notification({
        ...{ title, body, silent },
        ...(actions ? { actions: buttons.map(({ label }) => ({ type: 'button' as const, text: label })) } : {}),
      });
      notification.on('show', shown);
      notification.on('click', clicked);
      notification.on('action', (details) => buttons[details.actionIndex]?.does());
      notification.on('failed', (_event, error) => warn(`A notification could not be shown: ${error}`));
      notification.show();
      return () => notification.close();
    },
  };
}
