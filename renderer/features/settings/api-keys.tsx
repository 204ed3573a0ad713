import { useState } from 'react';
import type { ApiKey, CreatedKey } from '../../../main/protocol/access.ts';
import { t } from '../../strings/index.ts';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { KeyForm } from './key-form.tsx';
import { KeyRow } from './key-row.tsx';
import { NewKey } from './new-key.tsx';
import { useQuery } from './use-query.ts';

export function ApiKeys() {
  const client = useClient();
  const { value, problem, reload } = useQuery<{ keys: ApiKey[] }>('keys_list');
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = async (key: ApiKey): Promise<void> => {
    const answer = await client.request({ type: 'keys_revoke', id: key.id });
    if (!answer.ok) client.report(answer.problem);
    await reload();
  };
  const keys = [...(value?.keys ?? [])].sort((a, b) => b.created_at - a.created_at);
  return (
    <>
      <p className="lead">{t.settings.keys.lead}</p>
      {created ? (
        <NewKey created={created} onDone={() => setCreated(null)} />
      ) : (
        <KeyForm
          onCreated={(key) => {
            setCreated(key);
            void reload();
          }}
        />
      )}
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      <ul className="card-list">
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
        ))}
        {value && keys.length === 0 && <li className="card-note">{t.settings.keys.none}</li>}
      </ul>
      {revoking && (
        <ConfirmDialog
          title={t.settings.keys.revokeTitle(revoking.name)}
          note={t.settings.keys.revokeNote}
          action={t.settings.keys.revoke}
          onConfirm={() => void revoke(revoking)}
          onClose={() => setRevoking(null)}
        />
      )}
    </>
  );
}
