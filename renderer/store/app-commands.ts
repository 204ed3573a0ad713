import type { ApprovalId, SessionId } from '../../main/protocol/ids.ts';
import type { PageCommand } from '../../main/protocol/ipc.ts';
import { meanRequest } from './meant-request.ts';
import { openNewSession } from './new-session-form.ts';
import { go } from './route.ts';

type Shortcut = Extract<PageCommand, { type: 'shortcut' }>['id'];
let press: ((id: Shortcut) => void) | null = null;

/** Whoever knows what the keys do takes the menu's commands, too, until the answer is called. */
export function takeMenuKeys(handler: (id: Shortcut) => void): () => void {
  press = handler;
  return () => {
    if (press === handler) press = null;
  };
}

/** Does what the menu, a link or a later start asks. A text from outside only fills the form; it is a person who sends it. */
export function doPageCommand(command: PageCommand): void {
  switch (command.type) {
    case 'shortcut':
      press?.(command.id);
      return;
    case 'settings':
      go({ name: 'settings', tab: command.tab });
      return;
    case 'open_session':
      go({ name: 'session', sessionId: command.session_id as SessionId });
      if (command.approval_id !== undefined) meanRequest(command.approval_id as ApprovalId);
      return;
    case 'new_session':
      openNewSession({
        ...(command.cwd !== undefined && { cwd: command.cwd }),
        ...(command.text !== undefined && { text: command.text }),
      });
  }
}
