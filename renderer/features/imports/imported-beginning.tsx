import { useEffect, useState } from 'react';
import type { ImportedItem } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { useFolder, useTranscript } from '../conversation/session-context.ts';
import { ImportedItems } from './imported-items.tsx';

/** Entries that are read at once, going back from the end. */
const pageItems = 60;

/** What stood in the conversation before it was continued here, read from the vault and kept nowhere else. */
export function ImportedBeginning() {
  const origin = useTranscript((view) => (view.meta?.origin?.kind === 'import' ? view.meta.origin : null));
  const createdAt = useTranscript((view) => view.meta?.createdAt ?? 0);
  return origin ? <Beginning key={origin.import_id} importId={origin.import_id} until={createdAt} /> : null;
}

function Beginning({ importId, until }: { importId: string; until: number }) {
  const client = useClient();
  const folder = useFolder();
  const open = useConnection((view) => view.link.status === 'open');
  const [items, setItems] = useState<readonly ImportedItem[]>([]);
  /** What stands before this entry was not read yet; null: nothing was. */
  const [before, setBefore] = useState<number | null>(null);

  const readBack = async (from: number, found: readonly ImportedItem[]): Promise<void> => {
    let end = from;
    let shown = found;
    const wanted = found.length + 1;
    // What came after belongs to the session here, which has it itself.
    while (end > 0 && shown.length < wanted) {
      const after = Math.max(0, end - pageItems);
      const answer = await client.request<{ items: ImportedItem[] }>({
        type: 'import_read',
        import_id: importId,
        after,
        limit: Math.max(1, end - after),
      });
      if (!answer.ok) return;
      shown = [...answer.value.items.filter((item) => item.ts === null || item.ts <= until), ...shown];
      end = after;
    }
    setItems(shown);
    setBefore(end);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is a link
  useEffect(() => {
    if (!open || before !== null) return;
    void client
      .request<{ session: { messages: number } }>({ type: 'import_read', import_id: importId, after: 0, limit: 1 })
      .then((answer) => (answer.ok ? readBack(answer.value.session.messages, []) : undefined));
  }, [open, importId]);

  if (items.length === 0) return null;
  return (
    <section className="imported-beginning" aria-label={t.imports.beginning} data-testid={testIds.importedBeginning}>
      {before !== null && before > 0 && (
        <Button className="earlier" variant="quiet" onClick={() => void readBack(before, items)}>
          {t.imports.earlier}
        </Button>
      )}
      <ImportedItems items={items} folder={folder} />
    </section>
  );
}
