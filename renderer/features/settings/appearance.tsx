import { Monitor, Moon, Sun } from 'lucide-react';
import { useStore } from 'zustand';
import { setTheme, themeStore, themes } from '../../store/theme.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

const icons = { system: Monitor, light: Sun, dark: Moon };

export function Appearance() {
  const { theme } = useStore(themeStore);
  return (
    <fieldset className="field">
      <legend className="field-label">{t.settings.appearance.theme}</legend>
      <div className="segments">
        {themes.map((one) => {
          const Icon = icons[one];
          return (
            <label key={one} className="segment" data-testid={testIds.theme(one)}>
              <input type="radio" name="theme" checked={one === theme} onChange={() => setTheme(one)} />
              <Icon size={15} aria-hidden />
              {t.settings.appearance[one]}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
