import { Bell } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { NoticeSettings } from '../../../main/protocol/notice-settings.ts';
import { noticeWords } from '../../../main/protocol/notice-words.ts';
import { endedMinutes, type NoticeState } from '../../../main/protocol/notices.ts';
import { keepNotices, keptNotices, pageNoticeState } from '../../store/notice-settings.ts';
import { startPageNotices } from '../../store/page-notices.ts';
import { showFromPage } from '../../store/tell-from-page.ts';
import { spokenLanguage, t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { SwitchRow } from '../../ui/switch-row.tsx';

/** What this device tells its person by notifications: of the system in the app's window, of the browser elsewhere. */
export function NotificationSettings() {
  const { bridge } = useClient();
  return bridge.notices ? <OfApp ask={bridge.notices} /> : <OfPage />;
}

/** The app keeps the settings: it tells also while no window is open. */
function OfApp({ ask }: { ask: NonNullable<ReturnType<typeof useClient>['bridge']['notices']> }) {
  const [state, setState] = useState<NoticeState | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    ask({ type: 'get' }).then(setState, () => setFailed(true));
  }, [ask]);
  const texts = t.settings.notifications;
  if (failed) {
    return (
      <p className="field-error" role="alert">
        {texts.unreachable}
      </p>
    );
  }
  if (state === null) return <p className="field-note">{t.common.loading}</p>;
  if (!state.supported) return <p className="field-note">{texts.unsupported}</p>;
  return (
    <>
      <p className="lead">{texts.lead}</p>
      <Choices
        settings={state.settings}
        change={(change) => void ask({ type: 'set', change }).then(setState, () => setFailed(true))}
      />
      <p className="field-note">{state.actions ? texts.answers : texts.noAnswers}</p>
      <Test show={() => ask({ type: 'test' })} />
    </>
  );
}

/** A browser's page tells as long as it is open, where the browser lets it. */
function OfPage() {
  const client = useClient();
  const [state, setState] = useState(pageNoticeState);
  const [settings, setSettings] = useState(keptNotices);
  const texts = t.settings.notifications;
  const ask = async (): Promise<void> => {
    await Notification.requestPermission();
    setState(pageNoticeState());
    startPageNotices(client);
  };
  return (
    <>
      <p className="lead">{texts.leadPage}</p>
      {(state === 'insecure' || state === 'missing' || state === 'denied') && (
        <p className="field-note" role="status">
          {texts[state]}
        </p>
      )}
      {state === 'ask' && (
        <div className="field">
          <Button
            variant="primary"
            className="notice-button"
            icon={<Bell size={14} aria-hidden />}
            data-testid={testIds.noticeAsk}
            onClick={() => void ask()}
          >
            {texts.ask}
          </Button>
          <p className="field-note">{texts.askNote}</p>
        </div>
      )}
      {state === 'granted' && (
        <>
          <Choices settings={settings} change={(change) => setSettings(keepNotices(change))} />
          <Test show={() => showFromPage(noticeWords[spokenLanguage()].test, 'test', null)} />
        </>
      )}
    </>
  );
}

interface ChoicesProps {
  settings: NoticeSettings;
  change: (change: Partial<NoticeSettings>) => void;
}

function Choices({ settings, change }: ChoicesProps) {
  const texts = t.settings.notifications;
  const row = (name: 'waiting' | 'ended' | 'failed' | 'sound' | 'only_behind', label: string, note: string) => (
    <SwitchRow
      label={label}
      note={note}
      checked={settings[name]}
      testId={testIds.noticeSwitch(name)}
      onChange={(checked) => change({ [name]: checked })}
    />
  );
  return (
    <>
      <fieldset className="field">
        <legend className="field-label">{texts.what}</legend>
        {row('waiting', texts.waiting, texts.waitingNote)}
        {row('ended', texts.ended, texts.endedNote)}
        {settings.ended && (
          <label className="notice-length">
            <span>{texts.length}</span>
            <select
              className="text-field"
              value={settings.ended_minutes}
              data-testid={testIds.noticeLength}
              onChange={(event) => change({ ended_minutes: Number(event.target.value) })}
            >
              {[...new Set([...endedMinutes, settings.ended_minutes])]
                .sort((a, b) => a - b)
                .map((minutes) => (
                  <option key={minutes} value={minutes}>
                    {texts.lengths(minutes)}
                  </option>
                ))}
            </select>
          </label>
        )}
        {row('failed', texts.failed, texts.failedNote)}
      </fieldset>
      <fieldset className="field">
        <legend className="field-label">{texts.how}</legend>
        {row('sound', texts.sound, texts.soundNote)}
        {row('only_behind', texts.onlyBehind, texts.onlyBehindNote)}
        <p className="field-note">{texts.deviceNote}</p>
      </fieldset>
    </>
  );
}

/** One to try, and what it means when nothing is seen. */
function Test({ show }: { show: () => Promise<unknown> }) {
  const [shown, setShown] = useState(false);
  const texts = t.settings.notifications;
  const test = (): void => {
    // Refused, it is not seen either, for the same reasons.
    void show().finally(() => setShown(true));
  };
  return (
    <div className="field">
      <Button
        className="notice-button"
        icon={<Bell size={14} aria-hidden />}
        data-testid={testIds.noticeTest}
        onClick={test}
      >
        {texts.test}
      </Button>
      <p className="field-note" role="status">
        {shown ? texts.tested : ''}
      </p>
    </div>
  );
}
