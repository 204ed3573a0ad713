import { FolderOpen } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import { limits } from '../../../main/protocol/limits.ts';
import { recentFolders } from '../../store/group-sessions.ts';
import { shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useSessions } from '../../ui/client-context.ts';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { FolderBrowser } from './folder-browser.tsx';

/** Recent folders offered. */
const recentCount = 5;

interface FolderFieldProps {
  value: string;
  problem: Problem | string | null;
  onChange: (path: string) => void;
}

export function FolderField({ value, problem, onChange }: FolderFieldProps) {
  const { bridge } = useClient();
  const home = useHomeFolder();
  const id = useId();
  const [browsing, setBrowsing] = useState(false);
  const byId = useSessions((view) => view.byId);
  const recent = useMemo(() => recentFolders(byId.values(), recentCount), [byId]);
  const browse = async (): Promise<void> => {
    if (!bridge.chooseFolder) return setBrowsing(!browsing);
    const chosen = await bridge.chooseFolder();
    if (chosen !== null) onChange(chosen);
  };
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t.newSession.folder}
      </label>
      <div className="field-row">
        <input
          id={id}
          className="text-field is-mono"
          placeholder={t.newSession.folderPlaceholder}
          value={value}
          maxLength={limits.pathChars}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          aria-invalid={problem !== null}
          aria-describedby={`${id}-note`}
          data-testid={testIds.folderInput}
          onChange={(event) => onChange(event.target.value)}
        />
        <Button
          icon={<FolderOpen size={15} aria-hidden />}
          aria-expanded={bridge.chooseFolder ? undefined : browsing}
          data-testid={testIds.folderBrowse}
          onClick={() => void browse()}
        >
          {t.newSession.browse}
        </Button>
      </div>
      <div id={`${id}-note`}>
        {problem !== null && (
          <div className="field-error" role="alert" data-testid={testIds.folderError}>
            {typeof problem === 'string' ? problem : <ProblemText problem={problem} />}
          </div>
        )}
      </div>
      {browsing && (
        <FolderBrowser
          start={value}
          onUse={(path) => {
            onChange(path);
            setBrowsing(false);
          }}
        />
      )}
      {recent.length > 0 && (
        <ul className="chip-row" aria-label={t.newSession.recent}>
          {recent.map((path) => (
            <li key={path}>
              <button
                type="button"
                className="chip"
                title={path}
                aria-pressed={path === value}
                onClick={() => onChange(path)}
              >
                {shortPath(path, home)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
