import type { ImportStatus } from '../../../main/protocol/views.ts';
import { go } from '../../store/route.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Fold } from '../../ui/fold.tsx';

/** How far the reading is, what is in the vault, and what could not be read. */
export function ImportStatusLine({ status }: { status: ImportStatus | null }) {
  if (!status) return null;
  const { state, files_done, files_total, bytes_done, bytes_total, sessions, messages, problems } = status;
  return (
    <div className="import-status" data-testid={testIds.importProgress} data-state={state}>
      {state === 'scanning' && (
        <>
          <div className="import-status-words">
            <span>{t.imports.reading(files_done, files_total)}</span>
            <span>{t.imports.bytes(formatBytes(bytes_done), formatBytes(bytes_total))}</span>
          </div>
          <progress
            aria-label={t.imports.reading(files_done, files_total)}
            max={Math.max(1, bytes_total)}
            value={Math.min(bytes_done, bytes_total)}
          />
        </>
      )}
      {state === 'paused' && (
        <p className="import-off">
          {t.imports.off}. {sessions > 0 && t.imports.offNote}{' '}
          <button type="button" className="link-button" onClick={() => go({ name: 'settings', tab: 'sessions' })}>
            {t.imports.openSettings}
          </button>
        </p>
      )}
      {(state === 'idle' || state === 'failed') && sessions > 0 && (
        <p className="import-status-words">{t.imports.inVault(sessions, messages)}</p>
      )}
      {problems.length > 0 && (
        <Fold
          className="import-problems"
          startOpen={state === 'failed'}
          summary={state === 'failed' ? t.imports.failed : t.imports.problems(problems.length)}
        >
          {() => (
            <ul>
              {problems.map(({ path, message }) => (
                <li key={path}>
                  <code>{path}</code> {message}
                </li>
              ))}
            </ul>
          )}
        </Fold>
      )}
    </div>
  );
}
