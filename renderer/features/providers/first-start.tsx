import { Compass } from 'lucide-react';
import { openNewSession } from '../../store/new-session-form.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useProviders } from '../../ui/client-context.ts';
import { Logo } from '../../ui/logo.tsx';
import { useAllKnown } from '../../ui/use-all-known.ts';
import { OpenSidebar } from '../sidebar/open-sidebar.tsx';
import { ProviderList } from './provider-list.tsx';

/** What a newcomer sees: what was found, and a way in that needs nothing. */
export function FirstStart() {
  const guide = useProviders((view) => view.list.find((provider) => provider.built_in) ?? null);
  const known = useAllKnown(useProviders((view) => view.loaded));
  return (
    <section className="page" data-testid={testIds.firstStart}>
      <header className="pane-header is-bare">
        <OpenSidebar />
      </header>
      <div className="page-scroll">
        <div className="first-start">
          <Logo size={44} />
          <h1>{t.firstStart.title}</h1>
          <p className="lead">{t.firstStart.lead}</p>
          {guide && (
            <div className="guide-card">
              <Compass size={22} aria-hidden />
              <div>
                <h2>{t.firstStart.demoTitle}</h2>
                <p>{t.firstStart.demoNote}</p>
              </div>
              <Button
                variant="primary"
                size="large"
                data-testid={testIds.startDemo}
                onClick={() => openNewSession({ provider: guide.id, text: t.newSession.demoMessage })}
              >
                {t.firstStart.demoButton}
              </Button>
            </div>
          )}
          {known && <ProviderList builtIn={false} note={t.firstStart.foundNote} />}
        </div>
      </div>
    </section>
  );
}
