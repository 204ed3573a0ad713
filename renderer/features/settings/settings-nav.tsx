import { useId } from 'react';
import { go, type SettingsTab, settingsGroups, windowTabs } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { phoneQuery, useMedia } from '../../ui/use-media.ts';

/** The groups with the panes that this client has, and the one it is led to all the same. */
function useGroups(tab: SettingsTab) {
  const { bridge } = useClient();
  const has = (one: SettingsTab): boolean => bridge.kind === 'window' || one === tab || !windowTabs.has(one);
  return settingsGroups.map(({ name, tabs }) => ({ name, tabs: (tabs as readonly SettingsTab[]).filter(has) }));
}

/** The panes of the settings, grouped: a list beside them, and on a phone one field that offers the same. */
export function SettingsNav({ tab }: { tab: SettingsTab }) {
  const isPhone = useMedia(phoneQuery);
  return isPhone ? <PanePicker tab={tab} /> : <PaneList tab={tab} />;
}

function PaneList({ tab }: { tab: SettingsTab }) {
  const id = useId();
  const groups = useGroups(tab);
  return (
    <nav className="settings-nav" aria-label={t.settings.title}>
      {groups.map(({ name, tabs }) => (
        <div key={name} className="settings-group">
          <h2 id={`${id}-${name}`}>{t.settings.groups[name]}</h2>
          <ul aria-labelledby={`${id}-${name}`}>
            {tabs.map((one) => (
              <li key={one}>
                <button
                  type="button"
                  className="settings-link"
                  aria-current={one === tab ? 'page' : undefined}
                  // In a low window not all of them fit.
                  ref={one === tab ? (button) => button?.scrollIntoView({ block: 'nearest' }) : undefined}
                  data-testid={testIds.settingsTab(one)}
                  onClick={() => go({ name: 'settings', tab: one })}
                >
                  {t.settings.tabs[one]}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function PanePicker({ tab }: { tab: SettingsTab }) {
  const groups = useGroups(tab);
  return (
    <nav className="settings-picker" aria-label={t.settings.title}>
      <select
        className="text-field"
        aria-label={t.settings.pane}
        value={tab}
        data-testid={testIds.settingsPicker}
        onChange={(event) => go({ name: 'settings', tab: event.target.value as SettingsTab })}
      >
        {groups.map(({ name, tabs }) => (
          <optgroup key={name} label={t.settings.groups[name]}>
            {tabs.map((one) => (
              <option key={one} value={one}>
                {t.settings.tabs[one]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </nav>
  );
}
