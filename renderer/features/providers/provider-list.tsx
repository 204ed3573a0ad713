import { RefreshCw } from 'lucide-react';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { useAllKnown } from '../../ui/use-all-known.ts';
import { ProviderRow } from './provider-row.tsx';

/** @param props.note - said under the heading. */
export function ProviderList({ builtIn, note }: { builtIn: boolean; note?: string }) {
  const client = useClient();
  const { list, checking, loaded } = useProviders((view) => view);
  const found = list.filter((provider) => builtIn || !provider.built_in);
  // One that came alone would push the next from under the hand. What is looked for again stays where it is.
  const together = useAllKnown(found.length > 0 && found.every((provider) => provider.state !== 'checking'));
  const shown = together ? found : found.map(beforeLooking);
  return (
    <section className="provider-list">
      <header className="section-head">
        <h2>{t.provider.found}</h2>
        <Button
          size="small"
          icon={<RefreshCw size={14} aria-hidden className={checking ? 'is-turning' : ''} />}
          disabled={checking}
          aria-busy={checking}
          data-testid={testIds.lookAgain}
          onClick={() => void client.refreshProviders(true)}
        >
          {t.provider.lookAgain}
        </Button>
      </header>
      {note && <p className="fine-print">{note}</p>}
      <ul className="card-list">
        {shown.map((provider) => (
          <ProviderRow key={`${provider.id} ${together}`} provider={provider} />
        ))}
        {shown.length === 0 && <li className="card-note">{loaded ? t.provider.none : t.provider.looking}</li>}
      </ul>
    </section>
  );
}

/** As it was before anybody looked. */
const beforeLooking = ({ id, name, built_in, models, capabilities }: ProviderInfo): ProviderInfo => ({
  ...{ id, name, built_in, models, capabilities },
  state: 'checking',
});
