import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { hostSaid, type Leaving, leavingStore, trustHost, whereTo } from '../../store/leaving.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PlainText } from '../../ui/plain-text.tsx';

/** Asks before an address outside is opened. */
export function LeaveDialog() {
  const leaving = useStore(leavingStore, (view) => view.leaving);
  return leaving ? <Asked key={leaving.url} leaving={leaving} /> : null;
}

function Asked({ leaving: { url, text } }: { leaving: Leaving }) {
  const { bridge } = useClient();
  const id = useId();
  const [trust, setTrust] = useState(false);
  const where = whereTo(url);
  const said = hostSaid(text);
  const differs = said !== null && where !== null && said !== where.host.replace(/^www\./, '').replace(/:\d+$/, '');
  return (
    <Dialog
      title={where?.mail ? t.leave.mailTitle : t.leave.title}
      testId={testIds.leaveDialog}
      onClose={() => leavingStore.setState({ leaving: null })}
    >
      {(close) => (
        <div className="leave">
          {where && !where.mail && (
            <p className="leave-host" data-testid={testIds.leaveHost}>
              <PlainText text={where.host} />
            </p>
          )}
          <div className="exact-text">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0}>
              <PlainText text={where?.shown ?? url} />
            </pre>
            <CopyButton text={url} />
          </div>
          {differs && <p className="leave-warning">{t.leave.differs(said, where.host)}</p>}
          {where && !where.secure && <p className="leave-warning">{t.leave.notSecure}</p>}
          {where?.host.includes('xn--') && <p className="leave-warning">{t.leave.otherLetters}</p>}
          {!where && <p className="leave-warning">{t.leave.noAddress}</p>}
          <p className="leave-note">{t.leave.note}</p>
          {where?.secure && !where.mail && !differs && (
            <label className="check-row" htmlFor={id}>
              <input id={id} type="checkbox" checked={trust} onChange={(event) => setTrust(event.target.checked)} />
              <span>{t.leave.trust(where.host)}</span>
            </label>
          )}
          <div className="dialog-actions">
            <Button onClick={close}>{t.common.cancel}</Button>
            {where && (
              <Button
                variant="primary"
                data-testid={testIds.leaveOpen}
                onClick={() => {
                  if (trust) trustHost(where.host);
                  bridge.openExternal(url);
                  close();
                }}
              >
                {t.leave.open}
              </Button>
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}
