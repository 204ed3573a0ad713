import { useId, useState } from 'react';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';

interface ProviderChoiceProps {
  value: string | null;
  onChange: (id: string) => void;
}

const isOff = ({ state }: ProviderInfo): boolean => state !== 'ready';

export function ProviderChoice({ value, onChange }: ProviderChoiceProps) {
  const list = useProviders((view) => view.list);
  // What could be chosen when the form was opened comes first; what is found later changes no places.
  const [last] = useState(() => new Set(list.filter(isOff).map((one) => one.id)));
  const providers = [...list].sort((a, b) => Number(last.has(a.id)) - Number(last.has(b.id)));
  const name = useId();
  return (
    <fieldset className="field">
      <legend className="field-label">{t.newSession.provider}</legend>
      <div className="card-row">
        {providers.map((provider) => (
          <label
            key={provider.id}
            className={`choice-card ${isOff(provider) ? 'is-disabled' : ''}`}
            data-testid={testIds.providerOption(provider.id)}
          >
            <input
              type="radio"
              name={name}
              value={provider.id}
              checked={provider.id === value}
              disabled={isOff(provider)}
              aria-describedby={`${name}-${provider.id}`}
              onChange={() => onChange(provider.id)}
            />
            <ProviderMark id={provider.id} name={provider.name} />
            <span className="choice-text">
              <span className="choice-name">{provider.name}</span>
              <span className="choice-note" id={`${name}-${provider.id}`}>
                {provider.state === 'ready'
                  ? provider.built_in
                    ? t.provider.builtInNote
                    : (provider.account ?? t.provider.state.ready)
                  : t.provider.state[provider.state]}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
