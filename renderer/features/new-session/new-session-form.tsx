import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { PermissionMode } from '../../../main/protocol/values.ts';
import { attachments, attachmentsOf, takeAttachments } from '../../store/attachments.ts';
import { newSessionDraft } from '../../store/draft-sync.ts';
import { setDraft } from '../../store/drafts.ts';
import { choicesMade, lastChoice, rememberChoice } from '../../store/last-choice.ts';
import type { NewSessionStart } from '../../store/new-session-form.ts';
import { go } from '../../store/route.ts';
import { rememberSaid } from '../../store/said-in-folder.ts';
import { sendMessage } from '../../store/send-message.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { RightNote } from '../../ui/right-note.tsx';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { modelInUse } from '../composer/model-in-use.ts';
import { useDraft } from '../composer/use-draft.ts';
import { EffortChoice } from './effort-choice.tsx';
import { FirstMessage } from './first-message.tsx';
import { FolderField } from './folder-field.tsx';
import { ModeChoice } from './mode-choice.tsx';
import { ModelChoice } from './model-choice.tsx';
import { ProviderChoice } from './provider-choice.tsx';
import { useStartFolder } from './use-start-folder.ts';

export function NewSessionForm({ start }: { start: NewSessionStart }) {
  const client = useClient();
  const providers = useProviders((view) => view.list);
  const [folder, setFolder] = useStartFolder(start.cwd ?? null);
  useStore(choicesMade);
  const last = lastChoice(folder.trim());
  // What nobody has chosen here is as it was chosen in this folder before.
  const [pickedProvider, setProvider] = useState(start.provider ?? null);
  const [pickedModel, setModel] = useState<string | null>();
  const [pickedEffort, setEffort] = useState<string | null>();
  const [pickedMode, setMode] = useState<PermissionMode>();
  const mode = pickedMode ?? last.mode ?? 'ask';
  const kept = useDraft(newSessionDraft);
  /** What it was opened with, until somebody writes. */
  const [given, setGiven] = useState(start.text ?? null);
  const text = given ?? kept;
  const attached = useStore(attachments, () => attachmentsOf(newSessionDraft));
  const [busy, setBusy] = useState(false);
  const [folderProblem, setFolderProblem] = useState<Problem | string | null>(null);
  const [problem, setProblem] = useState<Problem | string | null>(null);
  const whyNot = useWhyNot('chat');
  const ready = providers.filter((one) => one.state === 'ready');
  const stillLooked = providers.some((one) => one.state === 'checking');
  const provider =
    ready.find((one) => one.id === (pickedProvider ?? last.provider)) ??
    ready.find((one) => !one.built_in) ??
    // Who has an agent does not want the guide for being found a second earlier.
    (stillLooked ? null : (ready[0] ?? null));
  const same = provider?.id === last.provider;
  const model = pickedModel === undefined ? (same && last.model) || null : pickedModel;
  const effort = pickedEffort === undefined ? (same && last.effort) || null : pickedEffort;
  const modes = provider?.capabilities.modes ?? [];
  const usedMode = modes.length === 0 || modes.includes(mode) ? mode : (modes[0] ?? 'ask');

  const usedModel = provider?.models.some((one) => one.id === model) ? model : null;
  const thinking = provider?.capabilities.set_effort ? modelInUse(provider.models, usedModel, null) : undefined;

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (busy || whyNot !== null) return;
    setFolderProblem(null);
    setProblem(null);
    if (folder.trim() === '') return setFolderProblem(t.newSession.folderMissing);
    if (!provider) return setProblem(stillLooked ? t.newSession.stillLooked : t.newSession.providerMissing);
    if (attached.some((one) => one.state === 'uploading')) return setProblem(`${t.attach.wait}.`);
    if (attached.length > 0 && text.trim() === '') return setProblem(t.attach.needsText);
    setBusy(true);
    const answer = await client.request<{ session_id: SessionId }>({
      type: 'new_chat',
      cwd: folder.trim(),
      provider: provider.id,
      model: usedModel,
      effort: effort !== null && thinking?.efforts?.includes(effort) ? effort : null,
      mode: usedMode,
    });
    setBusy(false);
    if (!answer.ok) {
      if (answer.problem.code.startsWith('folder_')) setFolderProblem(answer.problem);
      else setProblem(answer.problem);
      return;
    }
    rememberChoice(folder.trim(), { provider: provider.id, model: usedModel, effort, mode: usedMode });
    setDraft(newSessionDraft, '');
    go({ name: 'session', sessionId: answer.value.session_id });
    if (text.trim() !== '') {
      rememberSaid(folder.trim(), text.trim());
      sendMessage(client, answer.value.session_id, text.trim(), takeAttachments(newSessionDraft));
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <FirstMessage
        draftKey={newSessionDraft}
        folder={folder}
        provider={provider}
        value={text}
        onChange={(next) => {
          setGiven(null);
          setDraft(newSessionDraft, next);
        }}
        onSubmit={() => void submit()}
      />
      <FolderField
        value={folder}
        problem={folderProblem}
        onChange={(next) => {
          setFolder(next);
          setFolderProblem(null);
        }}
      />
      <ProviderChoice value={provider?.id ?? null} onChange={setProvider} />
      <ModeChoice value={usedMode} modes={modes} onChange={setMode} />
      {provider && provider.models.length > 0 && (
        <div className="form-row is-even">
          <ModelChoice value={model} models={provider.models} onChange={setModel} />
          <EffortChoice value={effort} model={thinking} onChange={setEffort} />
        </div>
      )}
      {whyNot && <RightNote>{whyNot}</RightNote>}
      {problem && (
        <div className="error-card" role="alert" data-testid={testIds.formError}>
          <div className="error-body">{typeof problem === 'string' ? problem : <ProblemText problem={problem} />}</div>
        </div>
      )}
      <div className="form-actions">
        <Button
          type="submit"
          variant="primary"
          size="large"
          disabled={busy || whyNot !== null}
          data-testid={testIds.startSession}
        >
          {busy ? t.newSession.starting : t.newSession.start}
        </Button>
      </div>
    </form>
  );
}
