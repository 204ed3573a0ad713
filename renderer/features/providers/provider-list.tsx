import { RefreshCw } from 'lucide-react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { ProviderRow } from './provider-row.tsx';

export function ProviderList({ builtIn }: { builtIn: boolean }) {
  const client = useClient();
  const { list, checking, loaded } = useProviders((view) => view);
  const shown = list.filter((provider) => builtIn || !provider.built_in);
  return (
    <section className="provider-list">
      <header className="section-head">
        <h2>{t.provider.found}</h2>
        <Button
          size="small"
          icon={<RefreshCw size={14} aria-hidden className={checking ? 'is-turning' : ''} />}
          disabled={checking}
          data-testid={testIds.lookAgain}
          onClick={() => void client.refreshProviders(true)}
        >
          {checking ? t.provider.looking : t.provider.lookAgain}
        </Button>
      </header>
      <ul className="card-list">
        {shown.map((provider) => (
          <ProviderRow key={provider.id} provider={provider} />
        ))}
        {shown.length === 0 && <li className="card-note">{loaded ? t.provider.none : t.provider.looking}</li>}
      </ul>
    </section>
  );
}
