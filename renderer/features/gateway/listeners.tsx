import { useState } from 'react';
import type { GatewayStatus } from '../../../main/protocol/gateway.ts';
import type { Saying } from '../../../main/protocol/saying.ts';
import { formatDateTime, formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { lineText } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useNow } from '../../ui/use-now.ts';

interface Checked {
  readonly url: string;
  readonly reachable: boolean;
  readonly problem?: string;
  readonly problem_say?: Saying;
}

/** Every address the gateway listens on, and why it does not where it does not. */
export function Listeners({ status }: { status: GatewayStatus }) {
  const client = useClient();
  const now = useNow('minute');
  const [checked, setChecked] = useState<readonly Checked[]>([]);
  const [checking, setChecking] = useState(false);
  const words = t.gateway;
  const check = async (): Promise<void> => {
    setChecking(true);
    const answer = await client.request<{ addresses: Checked[] }>({ type: 'gateway_check' });
    setChecking(false);
    if (answer.ok) setChecked(answer.value.addresses);
    else client.report(answer.problem);
  };
  const ends = status.certificate_expires_at;
  return (
    <section className="card">
      <div className="section-head">
        <h2>{words.now}</h2>
        <Button size="small" disabled={checking} onClick={() => void check()}>
          {checking ? words.checking : words.check}
        </Button>
      </div>
      <ul>
        {status.listeners.map(({ url, kind, tls, problem, problem_say }) => {
          const result = checked.find((one) => one.url === url);
          return (
            <li key={url} className="listener-row" data-testid={testIds.gatewayListener} data-kind={kind}>
              <code>{url}</code>
              <span className="listener-facts">
                {words.kind[kind]}
                {tls && <span className="badge is-good">{words.tls}</span>}
                {!tls && kind === 'lan' && <span className="badge">{words.sealedOnly}</span>}
                {result?.reachable && <span className="badge is-good">{words.reachable}</span>}
                <CopyButton text={url} />
              </span>
              {(problem ?? (result?.reachable === false ? result.problem : undefined)) && (
                <p className="listener-problem">
                  {problem
                    ? lineText({ text: problem, say: problem_say })
                    : lineText({ text: result?.problem ?? '', say: result?.problem_say })}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {status.mdns_name && <p className="field-note">{words.mdnsName(status.mdns_name)}</p>}
      {status.certificate_fingerprint && (
        <div className="field">
          <p className="field-label is-minor">{words.certificate}</p>
          <code className="certificate">{status.certificate_fingerprint}</code>
          {ends !== null && (
            <p className={`field-note ${ends <= now ? 'is-warning' : ''}`}>
              {ends > now
                ? words.certificateEnds(formatDateTime(ends))
                : words.certificateEnded(formatSince(ends, now))}
            </p>
          )}
        </div>
      )}
    </section>
  );
}
