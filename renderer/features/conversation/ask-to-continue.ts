import type { SessionId } from '../../../main/protocol/ids.ts';
import { draftOf, setDraft } from '../../store/drafts.ts';
import { t } from '../../strings/index.ts';

/** Puts "please continue" into the composer, after what stands there, for the person to send or change. */
export function askToContinue(sessionId: SessionId): void {
  const draft = draftOf(sessionId);
  setDraft(sessionId, draft === '' ? t.conversation.continueText : `${draft}\n\n${t.conversation.continueText}`);
  document.querySelector<HTMLElement>('.composer-input')?.focus();
}
