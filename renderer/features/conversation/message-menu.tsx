import { Copy, Ellipsis, GitFork, Pencil, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { attachAgain } from '../../store/attachments.ts';
import { setDraft } from '../../store/drafts.ts';
import { forkSession } from '../../store/fork-session.ts';
import type { UserItem } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { copyText } from '../../ui/copy-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useSession, useTranscript } from './session-context.ts';

type Action = 'fork' | 'rewind' | 'edit';

/** What can be done from a message that began a turn: branch off before it, go back to before it, or say it in other words. */
export function MessageMenu({ item }: { item: UserItem }) {
  const client = useClient();
  const { sessionId, store } = useSession();
  const running = useTranscript((view) => view.runningTurn !== null);
  const archived = useTranscript((view) => view.meta?.archived === true);
  const [asking, setAsking] = useState<Action | null>(null);
  // Counted only while a dialog is open: to follow the number would be to count, with every word of an answer, behind every message.
  const turns = useMemo(
    () => (asking ? store.getState().entries.filter((one) => one.kind === 'turn' && one.seq >= item.seq).length : 0),
    [asking, store, item.seq],
  );
  const putBack = (key: string): void => {
    setDraft(key, item.text);
    attachAgain(key, item.attachments);
  };
  const fork = async (): Promise<void> => {
    const forked = await forkSession(client, sessionId, item.seq);
    if (forked) putBack(forked);
  };
  const rewind = async (edit: boolean): Promise<void> => {
    const answer = await client.act(sessionId, { type: 'rewind', session_id: sessionId, to_seq: item.seq });
    if (!answer.ok || !edit) return;
    putBack(sessionId);
    document.querySelector<HTMLElement>('.composer-input')?.focus();
  };
  const mayNotChange = useWhyNot('sessions:write', 'chat');
  const mayNotFork = useWhyNot('chat', 'sessions:read');
  const back = {
    disabled: running || archived || mayNotChange !== null,
    note: mayNotChange ?? (running ? t.history.whileRunning : undefined),
  };
  return (
    <>
      <Menu
        label={t.history.menu}
        trigger={<Ellipsis size={15} aria-hidden />}
        triggerClass="icon-button icon-button-small"
        testId={testIds.messageMenu}
        items={[
          {
            id: 'edit',
            label: t.history.edit,
            icon: <Pencil size={15} aria-hidden />,
            testId: testIds.messageEdit,
            onSelect: () => setAsking('edit'),
            disabled: back.disabled,
            note: back.note ?? t.history.editNote,
          },
          {
            id: 'rewind',
            label: t.history.rewind,
            icon: <Undo2 size={15} aria-hidden />,
            testId: testIds.messageRewind,
            onSelect: () => setAsking('rewind'),
            disabled: back.disabled,
            note: back.note ?? t.history.rewindNote,
          },
          {
            id: 'fork',
            label: t.history.fork,
            note: mayNotFork ?? t.history.forkNote,
            disabled: mayNotFork !== null,
            icon: <GitFork size={15} aria-hidden />,
            testId: testIds.messageFork,
            onSelect: () => setAsking('fork'),
          },
          {
            id: 'copy',
            label: t.history.copy,
            icon: <Copy size={15} aria-hidden />,
            onSelect: () => void copyText(item.text),
          },
        ]}
      />
      {asking && (
        <ConfirmDialog
          {...wordsOf(asking, turns)}
          tone="plain"
          onConfirm={() => void (asking === 'fork' ? fork() : rewind(asking === 'edit'))}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function wordsOf(action: Action, turns: number): { title: string; note: string; action: string } {
  const words = t.history;
  if (action === 'fork') return { title: words.forkTitle, note: words.forkText, action: words.forkAction };
  const note = words.rewindText(turns);
  return action === 'edit'
    ? { title: words.editTitle, note, action: words.editAction }
    : { title: words.rewindTitle, note, action: words.rewindAction };
}
