import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { type AccentName, accentIn, accents } from '../../store/accent.ts';
import { accentColour, densities, lookStore, motions, setLook, textSizes } from '../../store/appearance.ts';
import { setTheme, themeStore, themes } from '../../store/theme.ts';
import { intlLocale, t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

const icons = { system: Monitor, light: Sun, dark: Moon };

/** How the page looks on this device. Everything counts at once. */
export function Appearance() {
  const { theme } = useStore(themeStore);
  const look = useStore(lookStore);
  const texts = t.settings.appearance;
  const percent = new Intl.NumberFormat(intlLocale(), { style: 'percent' });
  return (
    <>
      <fieldset className="field">
        <legend className="field-label">{texts.theme}</legend>
        <div className="segments">
          {themes.map((one) => {
            const Icon = icons[one];
            return (
              <label key={one} className="segment" data-testid={testIds.theme(one)}>
                <input type="radio" name="theme" checked={one === theme} onChange={() => setTheme(one)} />
                <Icon size={15} aria-hidden />
                {texts[one]}
              </label>
            );
          })}
        </div>
      </fieldset>
      <Accent />
      <Choice
        name="density"
        label={texts.density}
        values={densities}
        chosen={look.density}
        choose={(density) => setLook({ density })}
        text={(one) => texts.densities[one]}
      />
      <Choice
        name="text-size"
        label={texts.textSize}
        values={textSizes}
        chosen={look.textSize}
        choose={(textSize) => setLook({ textSize })}
        text={(one) => percent.format(one / 100)}
        note={texts.textSizeNote}
      />
      <Choice
        name="motion"
        label={texts.motion}
        values={motions}
        chosen={look.motion}
        choose={(motion) => setLook({ motion })}
        text={(one) => texts.motions[one]}
      />
      <p className="field-note">{texts.deviceNote}</p>
    </>
  );
}

interface ChoiceProps<T extends string | number> {
  name: string;
  label: string;
  values: readonly T[];
  chosen: T;
  choose: (value: T) => void;
  text: (value: T) => ReactNode;
  note?: string;
}

function Choice<T extends string | number>({ name, label, values, chosen, choose, text, note }: ChoiceProps<T>) {
  return (
    <fieldset className="field">
      <legend className="field-label">{label}</legend>
      <div className="segments">
        {values.map((one) => (
          <label key={one} className="segment" data-testid={testIds.look(name, one)}>
            <input type="radio" name={name} checked={one === chosen} onChange={() => choose(one)} />
            {text(one)}
          </label>
        ))}
      </div>
      {note && <p className="field-note">{note}</p>}
    </fieldset>
  );
}

const names = Object.keys(accents) as AccentName[];

/** The accents that are offered, and a person's own colour, which is made readable where it is not. */
function Accent() {
  const { accent } = useStore(lookStore);
  const texts = t.settings.appearance;
  const colour = accentColour(accent);
  const isOwn = !Object.hasOwn(accents, accent);
  const notes = [
    accentIn('light', colour).accent !== colour.toLowerCase() && texts.adjustedLight,
    accentIn('dark', colour).accent !== colour.toLowerCase() && texts.adjustedDark,
  ].filter((note) => note !== false);
  return (
    <fieldset className="field">
      <legend className="field-label">{texts.accent}</legend>
      <div className="accents">
        {names.map((name) => (
          <label key={name} className="accent" data-testid={testIds.look('accent', name)}>
            <input
              type="radio"
              name="accent"
              checked={name === accent}
              aria-label={texts.accents[name]}
              title={texts.accents[name]}
              style={{ backgroundColor: accents[name] }}
              onChange={() => setLook({ accent: name })}
            />
          </label>
        ))}
        <label className="accent-own">
          <input
            type="color"
            value={colour}
            data-own={isOwn}
            data-testid={testIds.look('accent', 'own')}
            onChange={(event) => setLook({ accent: event.target.value })}
          />
          {texts.custom}
        </label>
      </div>
      <div role="status" data-testid={testIds.accentAdjusted}>
        {isOwn &&
          notes.map((note) => (
            <p key={note} className="field-note">
              {note}
            </p>
          ))}
      </div>
    </fieldset>
  );
}
