import { Download, KeyRound, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { openNewSession } from '../../store/new-session-form.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { install, installsStore } from './installs.ts';
import { type KeyChange, keyChangeNote } from './provider-key-form.tsx';
import { useSignIn } from './use-sign-in.ts';

interface ProviderActionsProps {
  provider: ProviderInfo;
  onEnterKey: () => void;
  onNote: (note: string) => void;
}

/** What can be done about an agent in its state, one button each, what helps most first. */
export function ProviderActions({ provider, onEnterKey, onNote }: ProviderActionsProps) {
  const client = useClient();
  const installing = useStore(installsStore, (all) => all[provider.id]?.state === 'running');
  const signIn = useSignIn(provider.id, onNote);
  const [removing, setRemoving] = useState(false);
  const { state, npm_package, sign_in_command, key_variable, key_stored } = provider;
  const words = t.onboarding;
  const label = installLabel(provider);
  const signedOut = state === 'not_signed_in';
  const usable = state === 'ready' || signedOut;
  const removeKey = async (): Promise<void> => {
    const answer = await client.request<KeyChange>({ type: 'provider_key_delete', provider: provider.id });
    if (answer.ok) onNote(keyChangeNote(answer.value));
    else client.report(answer.problem);
  };
  return (
    <div className="provider-actions">
      {state === 'ready' && (
        <Button
          size="small"
          data-testid={testIds.providerUse}
          onClick={() => openNewSession({ provider: provider.id })}
        >
          {t.provider.use}
        </Button>
      )}
      {npm_package && label && (
        <Button
          size="small"
          variant="primary"
          icon={<Download size={14} aria-hidden />}
          disabled={installing}
          title={(state === 'too_old' ? words.updateNote : words.installNote)(npm_package)}
          data-testid={testIds.providerInstall}
          onClick={() => void install(client, provider.id)}
        >
          {label}
        </Button>
      )}
      {signedOut && sign_in_command && client.bridge.kind === 'window' && (
        <Button
          size="small"
          variant="primary"
          icon={<SquareTerminal size={14} aria-hidden />}
          data-testid={testIds.providerSignIn}
          onClick={signIn}
        >
          {words.signIn}
        </Button>
      )}
      {signedOut && sign_in_command && sign_in_command !== provider.problem?.command && (
        <CopyButton showLabel text={sign_in_command} label={words.copyCommand} />
      )}
      {usable && key_variable && (
        <Button
          size="small"
          icon={<KeyRound size={14} aria-hidden />}
          data-testid={testIds.providerKeyOpen}
          onClick={onEnterKey}
        >
          {key_stored ? words.replaceKey : words.storeKey}
        </Button>
      )}
      {key_stored && (
        <Button size="small" data-testid={testIds.providerKeyRemove} onClick={() => setRemoving(true)}>
          {words.removeKey}
        </Button>
      )}
      {removing && (
        <ConfirmDialog
          title={words.keyForm.removeTitle(provider.name)}
          note={words.keyForm.removeNote}
          action={words.removeKey}
          onConfirm={() => void removeKey()}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  );
}

/** Null where nothing is to be installed: it works, or only the person knows where it comes from. */
function installLabel({ state }: ProviderInfo): string | null {
  if (state === 'not_found') return t.onboarding.install;
  if (state === 'too_old') return t.onboarding.update;
  return state === 'broken' ? t.onboarding.installAgain : null;
}
