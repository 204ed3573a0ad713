import { ArrowUp, FolderClosed, House } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { FolderListing } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

/** Goes through the folders of the machine the agents run on; for where there is no system dialog. */
export function FolderBrowser({ start, onUse }: { start: string; onUse: (path: string) => void }) {
  const client = useClient();
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const open = useCallback(
    async (path: string | undefined): Promise<boolean> => {
      const answer = await client.request<FolderListing>({ type: 'list_folders', path });
      if (answer.ok) setListing(answer.value);
      setProblem(answer.ok ? null : answer.problem);
      return answer.ok;
    },
    [client],
  );
  // Begins where the field points, or at home when that cannot be opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is opened
  useEffect(() => {
    void open(start.trim() || undefined).then((opened) => {
      if (!opened && start.trim() !== '') void open(undefined);
    });
  }, [open]);
  return (
    <div className="folder-browser">
      <div className="folder-browser-head">
        <IconButton
          label={t.newSession.parent}
          off={!listing ? t.off.wait : !listing.parent && t.off.topFolder}
          onClick={() => listing?.parent && void open(listing.parent)}
        >
          <ArrowUp size={15} aria-hidden />
        </IconButton>
        <IconButton
          label={t.newSession.homeFolder}
          off={!listing && t.off.wait}
          onClick={() => listing && void open(listing.home)}
        >
          <House size={15} aria-hidden />
        </IconButton>
        <code className="folder-browser-path">{listing?.path ?? t.common.loading}</code>
        <Button
          size="small"
          variant="primary"
          off={!listing && t.off.wait}
          onClick={() => listing && onUse(listing.path)}
        >
          {t.newSession.useFolder}
        </Button>
      </div>
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      {listing && (
        <ul className="folder-list" aria-label={t.newSession.listLabel(listing.path)}>
          {listing.folders.map((folder) => (
            <li key={folder.path}>
              <button type="button" className="folder-item" onClick={() => void open(folder.path)}>
                <FolderClosed size={15} aria-hidden /> {folder.name}
              </button>
            </li>
          ))}
          {listing.folders.length === 0 && <li className="folder-note">{t.newSession.noFolders}</li>}
          {listing.truncated && <li className="folder-note">{t.newSession.truncated}</li>}
          {!listing.writable && <li className="folder-note is-warning">{t.newSession.readOnly}</li>}
        </ul>
      )}
    </div>
  );
}
