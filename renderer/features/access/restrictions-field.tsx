import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { limits } from '../../../main/protocol/limits.ts';
import { recentFolders } from '../../store/group-sessions.ts';
import { shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useSessions } from '../../ui/client-context.ts';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { isAbsolute, type RestrictionsDraft } from './restrictions.ts';

/** Sessions and folders offered; the rest is named by hand. */
const offered = 12;

interface RestrictionsFieldProps {
  value: RestrictionsDraft;
  onChange: (value: RestrictionsDraft) => void;
}

/** Where a credential counts: everywhere, or in some folders and sessions only. */
export function RestrictionsField({ value, onChange }: RestrictionsFieldProps) {
  const name = useId();
  return (
    <fieldset className="field">
      <legend className="field-label">{t.access.where}</legend>
      <div className="segments">
        {([false, true] as const).map((narrowed) => (
          <label key={String(narrowed)} className="segment">
            <input
              type="radio"
              name={name}
              checked={value.narrowed === narrowed}
              data-testid={narrowed ? testIds.accessNarrowed : undefined}
              onChange={() => onChange({ ...value, narrowed })}
            />
            {narrowed ? t.access.narrowed : t.access.everywhere}
          </label>
        ))}
      </div>
      {value.narrowed && (
        <div className="restrictions">
          <p className="field-note">{t.access.narrowedNote}</p>
          <Folders value={value} onChange={onChange} />
          <Sessions value={value} onChange={onChange} />
        </div>
      )}
    </fieldset>
  );
}

function Folders({ value, onChange }: RestrictionsFieldProps) {
  const id = useId();
  const home = useHomeFolder();
  const byId = useSessions((view) => view.byId);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const recent = recentFolders(byId.values(), offered).filter((folder) => !value.folders.includes(folder));
  const add = (folder: string): void => {
    setWrong(!isAbsolute(folder));
    if (!isAbsolute(folder)) return;
    setTyped('');
    if (!value.folders.includes(folder)) onChange({ ...value, folders: [...value.folders, folder] });
  };
  return (
    <div className="field">
      <label className="field-label is-minor" htmlFor={id}>
        {t.access.folders}
      </label>
      {value.folders.length > 0 && (
        <ul className="named-list">
          {value.folders.map((folder) => (
            <li key={folder}>
              <code>{folder}</code>
              <IconButton
                label={t.access.removeFolder(folder)}
                className="icon-button-small"
                onClick={() => onChange({ ...value, folders: value.folders.filter((one) => one !== folder) })}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <div className="field-row">
        <input
          id={id}
          className="text-field is-mono"
          value={typed}
          placeholder={t.access.foldersPlaceholder}
          maxLength={limits.pathChars}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          aria-invalid={wrong}
          data-testid={testIds.accessFolder}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(typed.trim());
          }}
        />
        <Button
          off={typed.trim() === '' && t.off.empty}
          data-testid={testIds.accessFolderAdd}
          onClick={() => add(typed.trim())}
        >
          {t.access.addFolder}
        </Button>
      </div>
      {wrong && (
        <p className="field-error" role="alert">
          {t.access.folderAbsolute}
        </p>
      )}
      {recent.length > 0 && (
        <div className="chip-row">
          {recent.slice(0, 5).map((folder) => (
            <button key={folder} type="button" className="chip" title={folder} onClick={() => add(folder)}>
              {shortPath(folder, home)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Sessions({ value, onChange }: RestrictionsFieldProps) {
  const byId = useSessions((view) => view.byId);
  const listed = [...byId.values()]
    .filter((session) => !session.archived || value.sessions.includes(session.session_id))
    .sort((a, b) => b.updated_at - a.updated_at)
    .slice(0, offered);
  if (listed.length === 0) return null;
  return (
    <fieldset className="field">
      <legend className="field-label is-minor">{t.access.sessions}</legend>
      {listed.map(({ session_id, title }) => (
        <label key={session_id} className="scope-row">
          <input
            type="checkbox"
            checked={value.sessions.includes(session_id)}
            onChange={(event) =>
              onChange({
                ...value,
                sessions: event.target.checked
                  ? [...value.sessions, session_id]
                  : value.sessions.filter((one) => one !== session_id),
              })
            }
          />
          <span className="scope-text">{title || t.sidebar.untitled}</span>
        </label>
      ))}
    </fieldset>
  );
}
