import { RefreshCw, Search, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { phoneQuery, useMedia } from '../../ui/use-media.ts';
import { OpenSidebar } from '../sidebar/open-sidebar.tsx';
import { historySearch } from './history-search.ts';
import { ImportList } from './import-list.tsx';
import { ImportStatusLine } from './import-status-line.tsx';
import { SearchHits } from './search-hits.tsx';
import { useImportStatus, useSearch } from './use-imports.ts';

/** Everything that was said on this machine: the search over it, and the conversations the CLIs have on disk. */
export function HistoryPage() {
  const client = useClient();
  const status = useImportStatus();
  const [text, setText] = useState(historySearch.text);
  const { found, searching } = useSearch(text);
  const hits = useRef<HTMLUListElement>(null);
  const isPhone = useMedia(phoneQuery);
  const write = (next: string): void => {
    historySearch.text = next;
    setText(next);
  };
  return (
    <section className="page" data-testid={testIds.historyPage}>
      <header className="pane-header">
        <OpenSidebar />
        <div className="pane-title">
          <h1>{t.imports.title}</h1>
        </div>
        <IconButton
          label={t.imports.scan}
          off={status?.state === 'scanning' ? t.off.wait : status?.state === 'paused' && t.imports.off}
          onClick={async () => {
            const answer = await client.request({ type: 'import_scan' });
            if (!answer.ok) client.report(answer.problem);
          }}
        >
          <RefreshCw size={16} aria-hidden />
        </IconButton>
      </header>
      <div className="page-scroll">
        <div className="history">
          <div className="search-field history-search">
            <Search size={16} aria-hidden />
            <input
              type="search"
              // biome-ignore lint/a11y/noAutofocus: who opens the history looks for something
              autoFocus={!isPhone}
              aria-label={t.imports.search}
              placeholder={t.imports.search}
              value={text}
              data-testid={testIds.historySearch}
              onChange={(event) => write(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape' && text !== '') {
                  event.preventDefault();
                  write('');
                } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
                  const first = hits.current?.querySelector('button');
                  if (!first) return;
                  event.preventDefault();
                  if (event.key === 'Enter') first.click();
                  else first.focus();
                }
              }}
            />
            {text !== '' && (
              <IconButton label={t.imports.clear} className="icon-button-small" onClick={() => write('')}>
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </div>
          {text.trim() === '' ? (
            <>
              <ImportStatusLine status={status} />
              <ImportList status={status} />
            </>
          ) : (
            <SearchHits found={found} searching={searching} list={hits} />
          )}
        </div>
      </div>
    </section>
  );
}
