import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { type DesktopAnswer, type DesktopChange, type DesktopView, zoomSteps } from '../../../main/protocol/desktop.ts';
import { intlLocale, t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { SummonKeys } from './summon-keys.tsx';

/** How the app stands on this machine, as the system says it. Only its window knows; a browser says so. */
export function DesktopSettings() {
  const { bridge } = useClient();
  if (!bridge.desktop) return <EmptyNote title={t.desktop.onlyWindow}>{t.desktop.onlyWindowNote}</EmptyNote>;
  return <Pane ask={bridge.desktop} />;
}

/** Which part a problem belongs to. */
type Part = DesktopChange['type'];

function Pane({ ask }: { ask: (change: DesktopChange | null) => Promise<DesktopAnswer> }) {
  const [view, setView] = useState<DesktopView | null>(null);
  const [failed, setFailed] = useState<{ part: Part; answer: DesktopAnswer } | null>(null);
  const read = useCallback(() => void ask(null).then((answer) => setView(answer.view)), [ask]);
  // What a person changes in the system, or by the menu (which changes the size of the page), is seen as soon as they are here again.
  useEffect(() => {
    read();
    window.addEventListener('focus', read);
    window.addEventListener('resize', read);
    return () => {
      window.removeEventListener('focus', read);
      window.removeEventListener('resize', read);
    };
  }, [read]);
  const change = async (one: DesktopChange): Promise<boolean> => {
    setView((before) => before && wished(before, one));
    const answer = await ask(one);
    setView(answer.view);
    setFailed(answer.problem ? { part: one.type, answer } : null);
    return !answer.problem;
  };
  const problemOf = (part: Part): ReactNode =>
    failed?.part === part &&
    failed.answer.problem && (
      <div className="field-error" role="alert" data-testid={testIds.desktopProblem}>
        <ProblemText problem={failed.answer.problem} />
      </div>
    );
  if (view === null) return <p className="field-note">{t.common.loading}</p>;
  const { login, background, spelling } = view;
  return (
    <div className="desktop-settings" data-testid={testIds.desktopSettings}>
      <section className="card">
        <h2>{t.desktop.summonTitle}</h2>
        <p className="field-note">{t.desktop.summonNote}</p>
        <SummonKeys summon={view.summon} set={(accelerator) => change({ type: 'summon', accelerator })} />
        {problemOf('summon')}
      </section>
      <section className="card">
        <h2>{t.desktop.loginTitle}</h2>
        <SwitchRow
          label={t.desktop.login}
          note={login.can ? t.desktop.loginNote : t.desktop.loginCannot}
          checked={login.on}
          disabled={!login.can}
          testId={testIds.desktopLogin}
          onChange={(on) => void change({ type: 'login', on, hidden: login.hidden })}
        />
        <SwitchRow
          label={t.desktop.hidden}
          note={t.desktop.hiddenNote}
          checked={login.on && login.hidden}
          disabled={!login.on}
          testId={testIds.desktopHidden}
          onChange={(hidden) => void change({ type: 'login', on: true, hidden })}
        />
        {login.unapproved && <p className="field-note">{t.desktop.unapproved}</p>}
        {login.other !== null && <p className="field-note">{t.desktop.otherProgram(login.other)}</p>}
        {problemOf('login')}
      </section>
      {background && (
        <section className="card">
          <h2>{t.desktop.backgroundTitle}</h2>
          <SwitchRow
            label={t.desktop.background}
            note={background.can ? t.desktop.backgroundNote : t.desktop.backgroundCannot}
            checked={background.can && background.on}
            disabled={!background.can}
            testId={testIds.desktopBackground}
            onChange={(on) => void change({ type: 'background', on })}
          />
        </section>
      )}
      <section className="card">
        <h2>{t.desktop.zoomTitle}</h2>
        <label className="desktop-zoom">
          <span>{t.desktop.zoom}</span>
          <select
            className="text-field"
            value={view.zoom}
            data-testid={testIds.desktopZoom}
            onChange={(event) => void change({ type: 'zoom', to: Number(event.target.value) })}
          >
            {zoomSteps.map((step) => (
              <option key={step} value={step}>
                {new Intl.NumberFormat(intlLocale(), { style: 'percent' }).format(step)}
              </option>
            ))}
          </select>
        </label>
        <p className="field-note">{t.desktop.zoomNote}</p>
      </section>
      <section className="card">
        <h2>{t.desktop.spellingTitle}</h2>
        <SwitchRow
          label={t.desktop.spelling}
          note={spelling.fetches ? t.desktop.spellingFetches : t.desktop.spellingSystem}
          checked={spelling.on}
          testId={testIds.desktopSpelling}
          onChange={(on) => void change({ type: 'spelling', on })}
        />
        <SpellingLanguages spelling={spelling} />
      </section>
    </div>
  );
}

/** What is shown until the system has said what it made of a change. */
function wished(view: DesktopView, change: DesktopChange): DesktopView {
  switch (change.type) {
    case 'login':
      return { ...view, login: { ...view.login, on: change.on, hidden: change.hidden } };
    case 'background':
      return { ...view, background: view.background && { ...view.background, on: change.on } };
    case 'zoom':
      return { ...view, zoom: change.to };
    case 'spelling':
      return { ...view, spelling: { ...view.spelling, on: change.on, languages: [], missing: [] } };
    default:
      return view;
  }
}

function SpellingLanguages({ spelling }: { spelling: DesktopView['spelling'] }) {
  if (!spelling.on || !spelling.fetches) return <div role="status" data-testid={testIds.desktopLanguages} />;
  const names = new Intl.DisplayNames([intlLocale()], { type: 'language' });
  const list = (tags: readonly string[]) =>
    new Intl.ListFormat(intlLocale()).format(tags.map((tag) => names.of(tag) ?? tag));
  return (
    <div role="status" data-testid={testIds.desktopLanguages}>
      <p className="field-note">
        {spelling.languages.length === 0
          ? t.desktop.noDictionary
          : t.desktop.spellingLanguages(list(spelling.languages))}
      </p>
      {spelling.missing.length > 0 && (
        <p className="field-note">{t.desktop.dictionaryMissing(list(spelling.missing))}</p>
      )}
    </div>
  );
}
