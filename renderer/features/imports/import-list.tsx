import { History } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ProviderId } from '../../../main/protocol/ids.ts';
import type { ImportStatus } from '../../../main/protocol/views.ts';
import { baseName, shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { useProviders } from '../../ui/client-context.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { groupImports } from './group-imports.ts';
import { ImportRow } from './import-row.tsx';
import { useImportList } from './use-imports.ts';

const sources = ['claude', 'codex', 'gemini'] as readonly string[] as readonly ProviderId[];

/** Conversations the CLIs have on disk, by folder, newest first. */
export function ImportList({ status }: { status: ImportStatus | null }) {
  const [provider, setProvider] = useState<ProviderId | null>(null);
  const { imports, loaded, problem, more, showMore } = useImportList(provider);
  const groups = useMemo(() => groupImports(imports), [imports]);
  const home = useHomeFolder();
  if (!loaded) return <ListSkeleton />;
  if (problem) return <ProblemText problem={problem} />;
  if (imports.length === 0 && provider === null) return <NothingYet status={status} />;
  return (
    <>
      <SourceChips value={provider} onChange={setProvider} />
      {groups.map(({ cwd, imports: list }) => (
        <section key={cwd ?? ''} className="import-group">
          <h2 title={cwd ? shortPath(cwd, home) : undefined}>
            {cwd ? baseName(cwd) : t.imports.noFolder}
            {cwd && <span className="import-group-path wide-only">{shortPath(cwd, home)}</span>}
          </h2>
          <ul>
            {list.map((one) => (
              <ImportRow key={one.import_id} imported={one} />
            ))}
          </ul>
        </section>
      ))}
      {imports.length === 0 && <EmptyNote title={t.imports.empty} />}
      {more && (
        <Button variant="quiet" className="earlier" onClick={showMore}>
          {t.imports.more}
        </Button>
      )}
    </>
  );
}

function ListSkeleton() {
  return (
    <div className="history-loading" role="status" aria-label={t.common.loading}>
      <span className="skeleton-line" />
      <span className="skeleton-line is-short" />
      <span className="skeleton-line" />
      <span className="skeleton-line is-short" />
    </div>
  );
}

function NothingYet({ status }: { status: ImportStatus | null }) {
  if (status?.state === 'scanning' || status?.finished_at === null) {
    return <EmptyNote title={status?.state === 'paused' ? t.imports.empty : t.imports.emptyReading} />;
  }
  return (
    <EmptyNote icon={History} title={t.imports.empty}>
      {t.imports.emptyNote}
    </EmptyNote>
  );
}

function SourceChips({
  value,
  onChange,
}: {
  value: ProviderId | null;
  onChange: (provider: ProviderId | null) => void;
}) {
  const providers = useProviders((view) => view.list);
  const nameOf = (id: string): string => providers.find((one) => one.id === id)?.name ?? id;
  return (
    <div className="chip-row">
      {[null, ...sources].map((id) => (
        <button key={id ?? ''} type="button" className="chip" aria-pressed={id === value} onClick={() => onChange(id)}>
          {id === null ? t.imports.all : nameOf(id)}
        </button>
      ))}
    </div>
  );
}
