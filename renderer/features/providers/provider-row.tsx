import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { told } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { InstallPanel } from './install-panel.tsx';
import { installsStore } from './installs.ts';
import { ProviderActions } from './provider-actions.tsx';
import { ProviderKeyForm } from './provider-key-form.tsx';
import { ProviderMark } from './provider-mark.tsx';

/** One CLI as it was found: where, which version, signed in or not, and what can be done about it. */
export function ProviderRow({ provider }: { provider: ProviderInfo }) {
  const job = useStore(installsStore, (all) => all[provider.id]);
  const [enteringKey, setEnteringKey] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  return (
    <li className="provider-row" data-testid={testIds.providerRow(provider.id)} data-state={provider.state}>
      <ProviderMark id={provider.id} name={provider.name} />
      <div className="provider-text">
        <p className="provider-name">
          {provider.name}
          <span className={`badge ${stateClass[provider.state]}`}>{t.provider.state[provider.state]}</span>
          {provider.key_stored && (
            <span className="badge is-quiet" data-testid={testIds.providerKeyStored}>
              <KeyRound size={11} aria-hidden /> {t.onboarding.keyStored}
            </span>
          )}
        </p>
        <ProviderFacts provider={provider} />
        {provider.problem && (
          <div className="provider-problem">
            <p>{told(provider.problem).message}</p>
            <p>{told(provider.problem).next}</p>
            {provider.problem.command && <CopyableCommand command={provider.problem.command} />}
          </div>
        )}
        {note && (
          <p className="provider-note" role="status" data-testid={testIds.providerNote}>
            {note}
          </p>
        )}
        {enteringKey ? (
          <ProviderKeyForm
            provider={provider}
            onDone={(said) => {
              setEnteringKey(false);
              setNote(said);
            }}
          />
        ) : (
          !provider.built_in && (
            <ProviderActions provider={provider} onEnterKey={() => setEnteringKey(true)} onNote={setNote} />
          )
        )}
        {job && <InstallPanel provider={provider.id} job={job} />}
      </div>
    </li>
  );
}

function ProviderFacts({ provider }: { provider: ProviderInfo }) {
  const home = useHomeFolder();
  const words = t.onboarding;
  const { version, known_good, passed_over: over } = provider;
  const drift = known_good === 'newer' ? words.newer : known_good === 'older' ? words.older : null;
  const facts = [
    version && `${t.provider.version(version)}${drift ? ` (${drift})` : ''}`,
    provider.account && t.provider.signedInWith(provider.account),
    provider.own && words.own,
    provider.built_in && t.provider.builtInNote,
  ].filter(Boolean);
  const why = over && (over.state === 'too_old' ? words.tooOld(over.version) : words.broken);
  return (
    <>
      {facts.length > 0 && <p className="provider-facts">{facts.join(' · ')}</p>}
      {provider.path && <p className="provider-path">{shortPath(provider.path, home)}</p>}
      {over && why && <p className="provider-facts">{words.passedOver(shortPath(over.path, home), why)}</p>}
    </>
  );
}

const stateClass: Record<ProviderInfo['state'], string> = {
  ready: 'is-good',
  not_found: 'is-quiet',
  not_signed_in: 'is-waiting',
  too_old: 'is-waiting',
  broken: 'is-bad',
  checking: 'is-quiet',
};
