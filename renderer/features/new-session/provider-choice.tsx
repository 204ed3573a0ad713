import { useId } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';

interface ProviderChoiceProps {
  value: string | null;
  onChange: (id: string) => void;
}

export function ProviderChoice({ value, onChange }: ProviderChoiceProps) {
  const providers = useProviders((view) => view.list);
  const name = useId();
  return (
    <fieldset className="field">
      <legend className="field-label">{t.newSession.provider}</legend>
      <div className="card-row">
        {providers.map((provider) => (
          <label
            key={provider.id}
            className={`choice-card ${provider.state === 'ready' ? '' : 'is-disabled'}`}
            data-testid={testIds.providerOption(provider.id)}
          >
            <input
              type="radio"
              name={name}
              value={provider.id}
              checked={provider.id === value}
              disabled={provider.state !== 'ready'}
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
