import { FolderClosed, Trash2 } from 'lucide-react';
import type { FolderRule } from '../../../main/protocol/views.ts';
import { formatDateTime, shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { RightButton } from '../../ui/right-button.tsx';
import { ruleWords } from '../approvals/rule-words.ts';
import { useQuery } from './use-query.ts';

export function PermissionRules() {
  const client = useClient();
  const home = useHomeFolder();
  const { value, problem, reload } = useQuery<{ rules: FolderRule[] }>('rules_list');
  const remove = async (rule_id: string): Promise<void> => {
    const answer = await client.request({ type: 'rules_delete', rule_id });
    if (!answer.ok) client.report(answer.problem);
    await reload();
  };
  const folders = Map.groupBy(value?.rules ?? [], (rule) => rule.cwd);
  return (
    <>
      <p className="lead">{t.settings.permissions.lead}</p>
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      {[...folders].map(([cwd, rules]) => (
        <section key={cwd}>
          <h2 className="rule-folder">
            <FolderClosed size={14} aria-hidden /> <bdi dir="ltr">{shortPath(cwd, home)}</bdi>
          </h2>
          <ul className="card-list">
            {rules.map((one) => (
              <li key={one.rule_id} className="key-row" data-testid={testIds.ruleRow}>
                <div className="key-text">
                  <p className="rule-label">{ruleWords(one.rule)}</p>
                  <p className="key-facts">
                    {t.settings.permissions.tool(one.rule.tool)} ·{' '}
                    {t.settings.permissions.since(formatDateTime(one.created_at))}
                  </p>
                </div>
                <RightButton
                  needs="approvals:write"
                  size="small"
                  icon={<Trash2 size={14} aria-hidden />}
                  data-testid={testIds.ruleDelete}
                  onClick={() => void remove(one.rule_id)}
                >
                  {t.settings.permissions.delete}
                </RightButton>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {value?.rules.length === 0 && <p className="card-note is-alone">{t.settings.permissions.none}</p>}
    </>
  );
}
