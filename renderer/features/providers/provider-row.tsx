import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { openNewSession } from '../../store/new-session-form.ts';
import { shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { ProviderMark } from './provider-mark.tsx';

/** One CLI as it was found: where, which version, signed in or not, and what to do about it. */
export function ProviderRow({ provider }: { provider: ProviderInfo }) {
  const home = useHomeFolder();
  const facts = [
    provider.version && t.provider.version(provider.version),
    provider.account && t.provider.signedInWith(provider.account),
    provider.built_in && t.provider.builtInNote,
  ].filter(Boolean);
  return (
    <li className="provider-row" data-testid={testIds.providerRow(provider.id)} data-state={provider.state}>
      <ProviderMark id={provider.id} name={provider.name} />
      <div className="provider-text">
        <p className="provider-name">
          {provider.name}
          <span className={`badge ${stateClass[provider.state]}`}>{t.provider.state[provider.state]}</span>
        </p>
        {facts.length > 0 && <p className="provider-facts">{facts.join(' · ')}</p>}
        {provider.path && <p className="provider-path">{shortPath(provider.path, home)}</p>}
        {provider.problem && (
          <div className="provider-problem">
            <p>{provider.problem.message}</p>
            <p>{provider.problem.next}</p>
            {provider.problem.command && <CopyableCommand command={provider.problem.command} />}
          </div>
        )}
      </div>
      {provider.state === 'ready' && !provider.built_in && (
        <Button size="small" onClick={() => openNewSession({ provider: provider.id })}>
          {t.provider.use}
        </Button>
      )}
    </li>
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
