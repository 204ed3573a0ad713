import { useId } from 'react';
import { limits } from '../../../main/protocol/limits.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import type { GatewayDraft } from './gateway-draft.ts';

interface TlsFieldProps {
  draft: GatewayDraft;
  problem: string | undefined;
  onChange: (draft: GatewayDraft) => void;
}

/** Without TLS, with a certificate made here, or with the person's own. */
export function TlsField({ draft, problem, onChange }: TlsFieldProps) {
  const group = useId();
  const words = t.gateway;
  const file = (name: 'certFile' | 'keyFile') => (
    <label className="field">
      <span className="field-label is-minor">{words[name]}</span>
      <input
        className="text-field is-mono"
        value={draft[name]}
        maxLength={limits.pathChars}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <fieldset className="field">
      <legend className="field-label">{words.tlsTitle}</legend>
      <p className="field-note">{words.tlsNote}</p>
      <div className="preset-list">
        {(['off', 'made', 'own'] as const).map((way) => (
          <label key={way} className="preset">
            <input
              type="radio"
              name={group}
              checked={draft.tls === way}
              data-testid={testIds.gatewayTls(way)}
              onChange={() => onChange({ ...draft, tls: way })}
            />
            <span className="choice-text">
              <span className="choice-name">{words.tlsWay[way].name}</span>
              <span className="choice-note">{words.tlsWay[way].note}</span>
            </span>
          </label>
        ))}
      </div>
      {draft.tls === 'own' && (
        <>
          {file('certFile')}
          {file('keyFile')}
        </>
      )}
      {problem && <p className="field-error">{problem}</p>}
    </fieldset>
  );
}
