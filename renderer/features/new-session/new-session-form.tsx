import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { SessionId } from '../../../main/protocol/ids.ts';
import { limits } from '../../../main/protocol/limits.ts';
import type { PermissionMode } from '../../../main/protocol/values.ts';
import { draftOf, setDraft } from '../../store/drafts.ts';
import { lastChoice, rememberChoice } from '../../store/last-choice.ts';
import type { NewSessionStart } from '../../store/new-session-form.ts';
import { go } from '../../store/route.ts';
import { sendMessage } from '../../store/send-message.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { FolderField } from './folder-field.tsx';
import { ModeChoice } from './mode-choice.tsx';
import { ModelChoice } from './model-choice.tsx';
import { ProviderChoice } from './provider-choice.tsx';
import { useStartFolder } from './use-start-folder.ts';

/** Where words for a session that does not exist yet are kept. */
const draftKey = 'new';

export function NewSessionForm({ start }: { start: NewSessionStart }) {
  const client = useClient();
  const providers = useProviders((view) => view.list);
  const [folder, setFolder] = useStartFolder(start.cwd ?? null);
  const [chosenProvider, setProvider] = useState(start.provider ?? lastChoice().provider ?? null);
  const [model, setModel] = useState<string | null>(null);
  const [mode, setMode] = useState<PermissionMode>(lastChoice().mode ?? 'ask');
  const [text, setText] = useState(start.text ?? draftOf(draftKey));
  const [busy, setBusy] = useState(false);
  const [folderProblem, setFolderProblem] = useState<Problem | string | null>(null);
  const [problem, setProblem] = useState<Problem | string | null>(null);
  const ready = providers.filter((one) => one.state === 'ready');
  const provider =
    ready.find((one) => one.id === chosenProvider) ?? ready.find((one) => !one.built_in) ?? ready[0] ?? null;
  const modes = provider?.capabilities.modes ?? [];
  const usedMode = modes.length === 0 || modes.includes(mode) ? mode : (modes[0] ?? 'ask');

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (busy) return;
    setFolderProblem(null);
    setProblem(null);
    if (folder.trim() === '') return setFolderProblem(t.newSession.folderMissing);
    if (!provider) return setProblem(t.newSession.providerMissing);
    setBusy(true);
    const answer = await client.request<{ session_id: SessionId }>({
      type: 'new_chat',
      cwd: folder.trim(),
      provider: provider.id,
      model: provider.models.some((one) => one.id === model) ? model : null,
      mode: usedMode,
    });
    setBusy(false);
    if (!answer.ok) {
      if (answer.problem.code.startsWith('folder_')) setFolderProblem(answer.problem);
      else setProblem(answer.problem);
      return;
    }
    rememberChoice(provider.id, usedMode);
    setDraft(draftKey, '');
    go({ name: 'session', sessionId: answer.value.session_id });
    if (text.trim() !== '') sendMessage(client, answer.value.session_id, text.trim());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <FolderField
        value={folder}
        problem={folderProblem}
        onChange={(next) => {
          setFolder(next);
          setFolderProblem(null);
        }}
      />
      <ProviderChoice value={provider?.id ?? null} onChange={setProvider} />
      <div className="form-row">
        <ModeChoice value={usedMode} modes={modes} onChange={setMode} />
        {provider && provider.models.length > 0 && (
          <ModelChoice value={model} models={provider.models} onChange={setModel} />
        )}
      </div>
      <label className="field">
        <span className="field-label">{t.newSession.message}</span>
        <textarea
          className="text-field"
          rows={4}
          placeholder={t.newSession.messagePlaceholder}
          value={text}
          maxLength={limits.promptChars}
          data-testid={testIds.firstMessage}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            setDraft(draftKey, event.target.value);
          }}
        />
      </label>
      {problem && (
        <div className="error-card" role="alert" data-testid={testIds.formError}>
          <div className="error-body">{typeof problem === 'string' ? problem : <ProblemText problem={problem} />}</div>
        </div>
      )}
      <div className="form-actions">
        <Button type="submit" variant="primary" size="large" disabled={busy} data-testid={testIds.startSession}>
          {busy ? t.newSession.starting : t.newSession.start}
        </Button>
      </div>
    </form>
  );
}
