import { CornerDownRight } from 'lucide-react';
import { memo } from 'react';
import type { ImportedSession } from '../../../main/protocol/views.ts';
import { go } from '../../store/route.ts';
import { formatAgo } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { useNow } from '../../ui/use-now.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';

export const ImportRow = memo(function ImportRow({ imported }: { imported: ImportedSession }) {
  const now = useNow('minute');
  const name = useProviders((view) => view.list.find((one) => one.id === imported.provider)?.name ?? imported.provider);
  return (
    <li>
      <button
        type="button"
        className="import-row"
        data-testid={testIds.historyRow}
        data-import-id={imported.import_id}
        data-live={imported.live || undefined}
        onClick={() => go({ name: 'import', importId: imported.import_id })}
      >
        <span role="img" aria-label={name} title={name}>
          <ProviderMark id={imported.provider} name={name} />
        </span>
        <span className="import-row-title" dir="auto">
          {imported.title || t.imports.untitled}
        </span>
        <span className="import-row-facts">
          {imported.live && <LiveMark />}
          {imported.gone && <span title={t.imports.goneNote}>{t.imports.gone}</span>}
          {imported.continued_by.length > 0 && (
            <span className="import-continued">
              <CornerDownRight size={12} aria-hidden /> {t.imports.continued}
            </span>
          )}
          <span className="wide-only">{t.imports.entries(imported.messages)}</span>
        </span>
        <span className="import-row-time">{imported.last_at !== null && formatAgo(imported.last_at, now)}</span>
      </button>
    </li>
  );
});

/** Another program writes to it now. */
export function LiveMark() {
  return (
    <span className="live-mark" title={t.imports.liveNote} data-testid={testIds.importLive}>
      <span className="live-dot" aria-hidden="true" /> {t.imports.live}
    </span>
  );
}
