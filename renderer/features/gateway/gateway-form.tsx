import { type FormEvent, useId, useState } from 'react';
import type { GatewayStatus } from '../../../main/protocol/gateway.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { portOf } from './addresses-after.ts';
import { changesOfGateway, draftOfGateway, problemsOf } from './gateway-draft.ts';
import { InterfaceField } from './interface-field.tsx';
import { TlsField } from './tls-field.tsx';
import { useGatewaySet } from './use-gateway-set.ts';

/** Networks, port, TLS and the smaller doors: changed together, saved together. */
export function GatewayForm({ status, onChanged }: { status: GatewayStatus; onChanged: () => void }) {
  const [draft, setDraft] = useState(() => draftOfGateway(status.settings));
  const { set, saving, problem } = useGatewaySet(onChanged);
  const id = useId();
  const wrong = problemsOf(draft);
  const changes = changesOfGateway(draft, status.settings);
  const dirty = Object.keys(changes).length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (dirty && Object.keys(wrong).length === 0) void set(changes);
  };
  return (
    <form className="card key-form" noValidate onSubmit={submit}>
      <InterfaceField
        interfaces={status.interfaces}
        value={draft.interfaces}
        problem={wrong.interfaces}
        onChange={(interfaces) => setDraft({ ...draft, interfaces })}
      />
      <div className="field">
        <label className="field-label" htmlFor={`${id}-port`}>
          {t.gateway.port.label}
        </label>
        <input
          id={`${id}-port`}
          className="text-field is-short"
          inputMode="numeric"
          autoComplete="off"
          placeholder={String(portOf(status))}
          value={draft.port}
          maxLength={5}
          aria-invalid={wrong.port !== undefined}
          aria-describedby={`${id}-port-note`}
          data-testid={testIds.gatewayPort}
          onChange={(event) => setDraft({ ...draft, port: event.target.value })}
        />
        <div id={`${id}-port-note`}>
          {wrong.port && <p className="field-error">{wrong.port}</p>}
          <p className="field-note">{t.gateway.port.note(String(portOf(status)))}</p>
        </div>
      </div>
      <TlsField draft={draft} problem={wrong.tls} onChange={setDraft} />
      <fieldset className="field">
        <legend className="field-label">{t.gateway.more}</legend>
        <SwitchRow
          label={t.gateway.mdns}
          note={t.gateway.mdnsNote}
          checked={draft.mdns}
          onChange={(mdns) => setDraft({ ...draft, mdns })}
        />
        <SwitchRow
          label={t.gateway.unix}
          note={t.gateway.unixNote}
          checked={draft.unixSocket}
          onChange={(unixSocket) => setDraft({ ...draft, unixSocket })}
        />
      </fieldset>
      <div className="field">
        <label className="field-label" htmlFor={`${id}-hosts`}>
          {t.gateway.hosts}
        </label>
        <input
          id={`${id}-hosts`}
          className="text-field is-mono"
          value={draft.hosts}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          aria-invalid={wrong.hosts !== undefined}
          aria-describedby={`${id}-hosts-note`}
          onChange={(event) => setDraft({ ...draft, hosts: event.target.value })}
        />
        <div id={`${id}-hosts-note`}>
          {wrong.hosts && <p className="field-error">{wrong.hosts}</p>}
          <p className="field-note">{t.gateway.hostsNote}</p>
        </div>
      </div>
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="form-actions">
        {dirty && (
          <Button variant="quiet" onClick={() => setDraft(draftOfGateway(status.settings))}>
            {t.gateway.undo}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          disabled={saving}
          off={!dirty ? t.off.unchanged : Object.keys(wrong).length > 0 && t.off.incomplete}
          data-testid={testIds.gatewaySave}
        >
          {saving ? t.gateway.saving : t.gateway.save}
        </Button>
      </div>
    </form>
  );
}
