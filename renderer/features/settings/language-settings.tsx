import { useState } from 'react';
import { useStore } from 'zustand';
import { type LanguageChoice, languageStore, setLanguage } from '../../store/language.ts';
import { t } from '../../strings/index.ts';
import { type Language, languages } from '../../strings/languages.ts';
import { testIds } from '../../test-ids.ts';
import { isFocusFree } from '../../ui/keep-focus.ts';

const tags = Object.keys(languages) as Language[];

/** The language of the app on this device, each named in its own words. */
export function LanguageSettings() {
  const { choice } = useStore(languageStore);
  const [failed, setFailed] = useState(false);
  const texts = t.settings.language;
  const choose = (tag: LanguageChoice) => void setLanguage(tag).then((done) => setFailed(!done));
  const choices: readonly { tag: Language | 'system'; name: string }[] = [
    { tag: 'system', name: texts.system },
    ...tags.map((tag) => ({ tag, name: languages[tag] })),
  ];
  return (
    <fieldset className="field">
      <legend className="field-label">{texts.label}</legend>
      <div className="languages">
        {choices.map(({ tag, name }) => (
          <label key={tag} className="language" data-testid={testIds.language(tag)}>
            <input
              type="radio"
              name="language"
              // The choice draws the page anew: the focus stays where it was.
              ref={(input) => {
                if (tag === choice && isFocusFree()) input?.focus();
              }}
              checked={tag === choice}
              onChange={() => choose(tag)}
            />
            <span lang={tag === 'system' ? undefined : tag}>{name}</span>
          </label>
        ))}
      </div>
      {failed && (
        <p className="field-error" role="alert">
          {texts.problem}
        </p>
      )}
      <p className="field-note">{texts.note}</p>
    </fieldset>
  );
}
