import { useId, useState } from 'react';
import type { Scope } from '../../../main/protocol/queries.ts';
import { holds } from '../../store/holds.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useConnection } from '../../ui/client-context.ts';
import { type Preset, presetOf, presets } from '../access/scope-groups.ts';
import { ScopePicker } from '../access/scope-picker.tsx';

const names: readonly Preset[] = ['everyday', 'follow', 'read', 'custom'];

interface PresetChoiceProps {
  scopes: readonly Scope[];
  onChange: (scopes: readonly Scope[]) => void;
}

/** What a device may do: one of three sets of rights, or each right by itself. */
export function PresetChoice({ scopes, onChange }: PresetChoiceProps) {
  const own = useConnection((view) => view.welcome?.scopes ?? none);
  const [custom, setCustom] = useState(presetOf(scopes) === 'custom');
  const group = useId();
  const chosen = custom ? 'custom' : presetOf(scopes);
  return (
    <fieldset className="field">
      <legend className="field-label">{t.access.rights}</legend>
      <div className="preset-list">
        {names.map((name) => {
          const words = t.access.preset[name];
          const beyond = name !== 'custom' && !presets[name].every((scope) => holds(own, scope));
          return (
            <label key={name} className={`preset ${beyond ? 'is-disabled' : ''}`}>
              <input
                type="radio"
                name={group}
                checked={chosen === name}
                disabled={beyond}
                title={beyond ? t.off.notHeld : undefined}
                data-testid={testIds.devicePreset(name)}
                onChange={() => {
                  setCustom(name === 'custom');
                  if (name !== 'custom') onChange(presets[name]);
                }}
              />
              <span className="choice-text">
                <span className="choice-name">{words.name}</span>
                <span className="choice-note">{words.note}</span>
              </span>
            </label>
          );
        })}
      </div>
      {custom && <ScopePicker chosen={scopes} onChange={onChange} />}
    </fieldset>
  );
}
const none: readonly string[] = [];
