import type { ServerStatus } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { useQuery } from '../settings/use-query.ts';
import { OpenPlaceButton } from './open-place-button.tsx';

/** Where everything is kept. */
export function HomeFolder() {
  const { value } = useQuery<ServerStatus>('status');
  return (
    <section className="card">
      <header className="section-head">
        <h2>{t.settings.data.homeTitle}</h2>
        {value && <OpenPlaceButton place="home" path={value.home} />}
      </header>
      <p className="field-note">{t.settings.data.homeNote}</p>
      {value && <CopyableCommand command={value.home} />}
    </section>
  );
}
