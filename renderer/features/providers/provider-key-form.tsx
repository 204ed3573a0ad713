import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

/** What storing or removing a key did to the sessions that are open. */
export interface KeyChange {
  restarted: { now: number; later: number };
}
interface KeyStored extends KeyChange {
  kept_by: 'keychain' | 'key_file';
}

/** Takes an API key. It leaves this page once, is not shown again and stands nowhere but in the field until then. */
export function ProviderKeyForm({
  provider,
  onDone,
}: {
  provider: ProviderInfo;
  onDone: (note: string | null) => void;
}) {
  const client = useClient();
  const words = t.onboarding.keyForm;
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await client.request<KeyStored>({
      type: 'provider_key_set',
      provider: provider.id,
      key: key.trim(),
    });
    setBusy(false);
    if (answer.ok) {
      setKey('');
      const kept = answer.value.kept_by === 'keychain' ? words.byKeychain : words.byKeyFile;
      onDone(`${kept} ${keyChangeNote(answer.value)}`);
    } else setProblem(answer.problem);
  };
  return (
    <form className="provider-key-form" autoComplete="off" onSubmit={(event) => void submit(event)}>
      <label className="field">
        <span className="field-label">{words.label(provider.name)}</span>
        <input
          className="text-field"
          type="password"
          // Password managers are not to keep it: it is no password of a person.
          autoComplete="new-password"
          data-1p-ignore
          data-lpignore="true"
          spellCheck={false}
          placeholder={words.placeholder}
          value={key}
          maxLength={1000}
          // biome-ignore lint/a11y/noAutofocus: the person asked for this field.
          autoFocus
          data-testid={testIds.providerKeyField}
          onChange={(event) => setKey(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onDone(null)}
        />
        <span className="field-note">{words.note(provider.key_variable ?? '')}</span>
      </label>
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="provider-actions">
        <Button
          type="submit"
          variant="primary"
          size="small"
          disabled={busy}
          off={key.trim().length < 8 && t.off.incomplete}
          data-testid={testIds.providerKeySave}
        >
          {busy ? words.saving : words.save}
        </Button>
        <Button size="small" onClick={() => onDone(null)}>
          {t.common.cancel}
        </Button>
      </div>
    </form>
  );
}

/** Which sessions use a changed key from when on. */
export function keyChangeNote({ restarted: { now, later } }: KeyChange): string {
  const words = t.onboarding.keyForm;
  return [words.now(now), later > 0 ? words.later(later) : ''].filter(Boolean).join(' ');
}
