import { useId } from 'react';
import type { NetworkInterface } from '../../../main/protocol/gateway.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

interface InterfaceFieldProps {
  interfaces: readonly NetworkInterface[];
  /** Null: chosen by itself. */
  value: readonly string[] | null;
  problem: string | undefined;
  onChange: (value: readonly string[] | null) => void;
}

/** Which networks the gateway is bound to once the network is let in. */
export function InterfaceField({ interfaces, value, problem, onChange }: InterfaceFieldProps) {
  const group = useId();
  const note = useId();
  // A network that was named and is away now (an unplugged cable) stays named.
  const away = (value ?? []).filter((name) => !interfaces.some((one) => one.name === name));
  const toggle = (name: string): void => {
    const chosen = value ?? [];
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  };
  return (
    <fieldset className="field">
      <legend className="field-label">{t.gateway.interfaces.title}</legend>
      <div className="segments">
        <label className="segment">
          <input type="radio" name={group} checked={value === null} onChange={() => onChange(null)} />
          {t.gateway.interfaces.all}
        </label>
        <label className="segment">
          <input
            type="radio"
            name={group}
            checked={value !== null}
            data-testid={testIds.gatewayInterface('some')}
            onChange={() => onChange(interfaces.filter((one) => one.chosen).map((one) => one.name))}
          />
          {t.gateway.interfaces.some}
        </label>
      </div>
      {value === null && (
        <p className="field-note" id={note}>
          {t.gateway.interfaces.note}
        </p>
      )}
      {interfaces.length === 0 && <p className="field-note is-warning">{t.gateway.interfaces.none}</p>}
      <div className="interface-list">
        {interfaces.map(({ name, addresses, kind, chosen }) => (
          <label key={name} className="scope-row">
            <input
              type="checkbox"
              checked={value === null ? chosen : value.includes(name)}
              disabled={value === null}
              aria-describedby={value === null ? note : undefined}
              data-testid={testIds.gatewayInterface(name)}
              onChange={() => toggle(name)}
            />
            <span className="scope-text">
              <span>
                <code>{name}</code> <span className="badge">{t.gateway.interfaces.kind[kind]}</span>
              </span>
              <span className="interface-addresses">{addresses.join(', ') || t.gateway.interfaces.noAddress}</span>
            </span>
          </label>
        ))}
        {away.map((name) => (
          <label key={name} className="scope-row">
            <input type="checkbox" checked onChange={() => toggle(name)} />
            <span className="scope-text">
              <span>
                <code>{name}</code> <span className="badge is-waiting">{t.gateway.interfaces.missing}</span>
              </span>
            </span>
          </label>
        ))}
      </div>
      {problem && <p className="field-error">{problem}</p>}
    </fieldset>
  );
}
