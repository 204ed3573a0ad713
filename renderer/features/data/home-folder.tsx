import { FolderOpen } from 'lucide-react';
import type { ServerStatus } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { useQuery } from '../settings/use-query.ts';

/** Where everything is kept. */
export function HomeFolder() {
  const { value } = useQuery<ServerStatus>('status');
  const { openPlace } = useClient().bridge;
  return (
    <section className="card">
      <header className="section-head">
        <h2>{t.settings.data.homeTitle}</h2>
        {openPlace && (
          <Button size="small" icon={<FolderOpen size={14} aria-hidden />} onClick={() => void openPlace('home')}>
            {t.data.backups.openFolder}
          </Button>
        )}
      </header>
      <p className="field-note">{t.settings.data.homeNote}</p>
      {value && <CopyableCommand command={value.home} />}
    </section>
  );
}
