import { useStore } from 'zustand';
import { newSessionStart } from '../../store/new-session-form.ts';
import { t } from '../../strings/index.ts';
import { useProviders } from '../../ui/client-context.ts';
import { useAllKnown } from '../../ui/use-all-known.ts';
import { OpenSidebar } from '../sidebar/open-sidebar.tsx';
import { NewSessionForm } from './new-session-form.tsx';

export function NewSession() {
  const { start, opened } = useStore(newSessionStart);
  const known = useAllKnown(useProviders((view) => view.loaded));
  return (
    <section className="page">
      <header className="pane-header">
        <OpenSidebar />
        <div className="pane-title">
          <h1>{t.newSession.title}</h1>
        </div>
      </header>
      <div className="page-scroll">{known && <NewSessionForm key={opened} start={start} />}</div>
    </section>
  );
}
