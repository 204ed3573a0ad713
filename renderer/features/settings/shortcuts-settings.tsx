import { shortcutIds, shortcuts, windowShortcuts } from '../../store/shortcuts.ts';
import { t } from '../../strings/index.ts';
import { useClient } from '../../ui/client-context.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';

/** Every key that does something wherever the focus is. */
export function ShortcutsSettings() {
  const { bridge } = useClient();
  const there = shortcutIds.filter((id) => bridge.kind === 'window' || !windowShortcuts.has(id));
  return (
    <>
      <p className="lead">{t.settings.shortcuts.lead}</p>
      <dl className="card shortcut-list">
        {there.map((id) => (
          <div key={id} className="shortcut-row">
            <dt>{t.shortcuts.name[id]}</dt>
            <dd>
              <KeyCaps chord={shortcuts[id]} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
