import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { ApiKey, CreatedKey } from '../../../main/protocol/access.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyCard } from '../access/empty-card.tsx';
import { KeyForm } from './key-form.tsx';
import { KeyRow } from './key-row.tsx';
import { NewKey } from './new-key.tsx';
import { QueryProblem } from './query-problem.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { useQuery } from './use-query.ts';

type Asked = { readonly what: 'rotate' | 'revoke' | 'remove'; readonly key: ApiKey };

export function ApiKeys() {
  const client = useClient();
  const { value, problem, reload } = useQuery<{ keys: ApiKey[] }>('keys_list', 'keys');
  const [adding, setAdding] = useState(false);
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const end = async (type: 'keys_revoke' | 'keys_delete', { id }: ApiKey): Promise<void> => {
    const answer = await client.request({ type, id });
    if (!answer.ok) client.report(answer.problem);
    await reload();
  };
  const show = (key: CreatedKey): void => {
    setAdding(false);
    setAsked(null);
    setCreated(key);
    void reload();
  };
  const keys = [...(value?.keys ?? [])].sort((a, b) => b.created_at - a.created_at);
  const words = t.access.keys;
  return (
    <>
      <div className="pane-lead">
        <p className="lead">{words.lead}</p>
        {!adding && (
          <Button
            variant="primary"
            icon={<KeyRound size={15} aria-hidden />}
            data-testid={testIds.keyNew}
            onClick={() => setAdding(true)}
          >
            {words.new}
          </Button>
        )}
      </div>
      {adding && <KeyForm onCreated={show} onCancel={() => setAdding(false)} />}
      {created && <NewKey created={created} onClose={() => setCreated(null)} />}
      {problem && <QueryProblem problem={problem} onRetry={() => void reload()} />}
      {value && keys.length === 0 && !adding && (
        <EmptyCard icon={<KeyRound size={22} aria-hidden />} title={words.none} note={words.noneNote} />
      )}
      <ul className="card-list">
        {keys.map((key) => (
          <KeyRow
            key={key.id}
            apiKey={key}
            replacedBy={keys.find((one) => one.id === key.replaced_by)?.name ?? null}
            onAsk={(what) => setAsked({ what, key })}
          />
        ))}
      </ul>
      {asked?.what === 'rotate' && <RotateDialog apiKey={asked.key} onCreated={show} onClose={() => setAsked(null)} />}
      {asked?.what === 'revoke' && (
        <ConfirmDialog
          title={words.revokeTitle(asked.key.name)}
          note={words.revokeNote}
          action={words.revokeAction}
          onConfirm={() => void end('keys_revoke', asked.key)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.what === 'remove' && (
        <ConfirmDialog
          title={words.removeTitle(asked.key.name)}
          note={words.removeNote}
          action={words.removeAction}
          onConfirm={() => void end('keys_delete', asked.key)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
