import type { EventOf } from '../../../main/protocol/events.ts';
import type { ApprovalDecision, ApprovalOption } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { Spinner } from '../../ui/spinner.tsx';

import { useTranscript } from '../conversation/session-context.ts';
import { decisionOf, ownOptions } from './approval-options.ts';
import { ruleWords } from './rule-words.ts';

type ApprovalRequest = EventOf<'approval_request'>;

interface Choice {
  readonly decision: ApprovalDecision;
  /** The key that chooses it. It is the same for every request, so that a habit never does something else. */
  readonly digit: string;
  readonly label: string;
  readonly testId: string;
  /** What a lasting answer covers. */
  readonly covers: string | null;
}

/** The answers a request can be given; the lasting ones only where it is known what they would cover. */
export function choicesFor({ rule }: ApprovalRequest): readonly Choice[] {
  const once: Choice = {
    decision: 'allow_once',
    digit: '1',
    label: t.approval.once,
    testId: testIds.approvalAllowOnce,
    covers: null,
  };
  const deny: Choice = {
    decision: 'deny',
    digit: '4',
    label: t.approval.deny,
    testId: testIds.approvalDeny,
    covers: null,
  };
  if (!rule) return [once, deny];
  return [
    once,
    {
      decision: 'allow_session',
      digit: '2',
      label: t.approval.session,
      testId: testIds.approvalAllowSession,
      covers: ruleWords(rule),
    },
    {
      decision: 'allow_always',
      digit: '3',
      label: t.approval.always,
      testId: testIds.approvalAllowAlways,
      covers: ruleWords(rule),
    },
    deny,
  ];
}

interface ApprovalButtonsProps {
  request: ApprovalRequest;
  /** Why it cannot be answered, or not yet; null: it can. */
  off: string | null;
  sending: ApprovalDecision | null;
  onDecide: (decision: ApprovalDecision, option?: ApprovalOption) => void;
  onReason: () => void;
}

export function ApprovalButtons({ request, off, sending, onDecide, onReason }: ApprovalButtonsProps) {
  return (
    <>
      <div className="approval-buttons" data-count={request.rule ? 4 : 2}>
        {choicesFor(request).map((choice) => (
          <button
            key={choice.decision}
            type="button"
            className={`approval-button is-${choice.decision}`}
            disabled={off !== null || sending !== null}
            data-testid={choice.testId}
            aria-keyshortcuts={choice.digit}
            title={off ?? choice.covers ?? undefined}
            onClick={() => onDecide(choice.decision)}
          >
            <span className="approval-label">
              {sending === choice.decision ? <Spinner /> : <span className="key-cap">{choice.digit}</span>}
              {choice.label}
            </span>
            {choice.covers && <span className="approval-covers">{choice.covers}</span>}
          </button>
        ))}
      </div>
      <OwnOptions request={request} off={off} disabled={off !== null || sending !== null} onDecide={onDecide} />
      <div className="approval-foot">
        <button
          type="button"
          className="link-button"
          title={off ?? undefined}
          disabled={off !== null || sending !== null}
          data-testid={testIds.approvalDenyReason}
          onClick={onReason}
        >
          {t.approval.denyWithReason}
        </button>
        {(request.rule || ownOptions(request).length === 0) && (
          <span className="approval-note wide-only">{request.rule ? t.approval.keys : t.approval.onceOnly}</span>
        )}
      </div>
    </>
  );
}

interface OwnOptionsProps {
  request: ApprovalRequest;
  off: string | null;
  disabled: boolean;
  onDecide: ApprovalButtonsProps['onDecide'];
}

/** The CLI's own answers, in its own words. */
function OwnOptions({ request, off, disabled, onDecide }: OwnOptionsProps) {
  const options = ownOptions(request);
  const id = useTranscript((view) => view.meta?.provider ?? '');
  const name = useProviders((view) => view.list.find((one) => one.id === id)?.name ?? id);
  if (options.length === 0) return null;
  return (
    <fieldset className="own-options">
      <legend>{t.approvalOptions.title(name)}</legend>
      {options.map((option) => (
        <button
          key={option.option_id}
          type="button"
          className={`button button-small ${option.kind.startsWith('reject') ? 'button-danger' : 'button-plain'}`}
          disabled={disabled}
          title={off ?? undefined}
          data-testid={testIds.approvalOption}
          onClick={() => onDecide(decisionOf(option), option)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
