import { createContext, memo, use } from 'react';
import type { UserItem } from '../../store/transcript/view.ts';
import { formatDateTime, formatMoment } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useConnection } from '../../ui/client-context.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { useNow } from '../../ui/use-now.ts';
import { MessageAttachments } from '../attachments/message-attachments.tsx';
import { actorName, isSame } from './actor-name.ts';
import { MessageMenu } from './message-menu.tsx';

/** Longer messages are shown from their beginning, characters and lines. */
const foldChars = 1_600;
const foldLines = 20;

/** False in a part that was gone back over: from there nothing can be gone on with. */
export const CanGoBack = createContext(true);

/** `starts`: it began its turn; words put into a running turn cannot be gone back to. */
export const UserMessage = memo(function UserMessage({ item, starts }: { item: UserItem; starts: boolean }) {
  const canGoBack = use(CanGoBack);
  const now = useNow('minute');
  const self = useConnection(({ welcome }) => welcome?.actor ?? null);
  const long = item.text.length > foldChars || item.text.split('\n').length > foldLines;
  const [open, setOpen] = useRemembered(`message ${item.key}`, !long);
  const text = open ? item.text : item.text.split('\n').slice(0, foldLines).join('\n').slice(0, foldChars);
  return (
    <div className="user-message" data-testid={testIds.userMessage} data-find={item.key}>
      <MessageAttachments attachments={item.attachments} />
      <div className="user-bubble">
        <div className="user-text">{text}</div>
        {long && (
          <button type="button" className="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t.common.showLess : t.common.showMore}
          </button>
        )}
      </div>
      <div className="message-meta">
        {item.by.kind !== 'owner' && !isSame(item.by, self) && <span>{t.conversation.sentBy(actorName(item.by))}</span>}
        <time dateTime={new Date(item.ts).toISOString()} title={formatDateTime(item.ts)}>
          {formatMoment(item.ts, now)}
        </time>
        <CopyButton text={item.text} />
        {starts && canGoBack && <MessageMenu item={item} />}
      </div>
    </div>
  );
});
