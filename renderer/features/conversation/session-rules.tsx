import { ShieldCheck } from 'lucide-react';
import { go } from '../../store/route.ts';
import type { SessionRule } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { Popover } from '../../ui/popover.tsx';
import { RightButton } from '../../ui/right-button.tsx';
import { ruleWords } from '../approvals/rule-words.ts';
import { useSession, useTranscript } from './session-context.ts';

/** What this session may do without asking, and how to take it back. Nothing when there is nothing. */
export function SessionRules() {
  const rules = useTranscript((view) => view.rules);
  if (rules.length === 0) return null;
  return (
    <Popover
      label={t.rules.button(rules.length)}
      title={t.rules.title}
      testId={testIds.rulesButton}
      triggerClass="picker rules-button"
      trigger={
        <>
          <ShieldCheck size={15} aria-hidden />
          <span>{rules.length}</span>
        </>
      }
    >
      {(close) => (
        <div className="rules-panel">
          <h2>{t.rules.title}</h2>
          <p className="meter-note">{t.rules.note}</p>
          <ul>
            {rules.map((rule) => (
              <RuleRow key={rule.ruleId} rule={rule} last={rules.length === 1} close={close} />
            ))}
          </ul>
          <button
            type="button"
            className="link-button"
            onClick={() => {
              close();
              go({ name: 'settings', tab: 'permissions' });
            }}
          >
            {t.rules.settings}
          </button>
        </div>
      )}
    </Popover>
  );
}

function RuleRow({ rule: { ruleId, rule }, last, close }: { rule: SessionRule; last: boolean; close: () => void }) {
  const client = useClient();
  const { sessionId } = useSession();
  const label = ruleWords(rule);
  const remove = async (): Promise<void> => {
    const answer = await client.act(sessionId, { type: 'remove_session_rule', session_id: sessionId, rule_id: ruleId });
    if (answer.ok && last) close();
  };
  return (
    <li className="session-rule" data-testid={testIds.sessionRule}>
      <span className="key-text">
        <span className="rule-label">{label}</span>
        <span className="key-facts">{t.rules.with(rule.tool)}</span>
      </span>
      <RightButton
        needs="approvals:write"
        size="small"
        aria-label={t.rules.removeLabel(label)}
        data-testid={testIds.sessionRuleRemove}
        onClick={() => void remove()}
      >
        {t.rules.remove}
      </RightButton>
    </li>
  );
}
