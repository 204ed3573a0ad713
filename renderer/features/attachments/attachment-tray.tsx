import { CircleAlert, FileText, RotateCcw, TextCursorInput, X } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import {
  attachments,
  attachmentsOf,
  type DraftAttachment,
  isImage,
  pasteAfterAll,
  removeAttachment,
  retryAttachment,
} from '../../store/attachments.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';

interface AttachmentTrayProps {
  /** Of the draft. */
  draftKey: string;
  provider: ProviderInfo | null;
}

/** What will go with the message: pictures by a small picture, files by their name, each with how far its upload is. */
export const AttachmentTray = memo(function AttachmentTray({ draftKey, provider }: AttachmentTrayProps) {
  const list = useStore(attachments, () => attachmentsOf(draftKey));
  if (list.length === 0) return null;
  return (
    <ul className="attachment-tray" aria-label={t.attach.list} data-testid={testIds.attachmentTray}>
      {list.map((one) => (
        <Chip key={one.id} one={one} draftKey={draftKey} provider={provider} />
      ))}
    </ul>
  );
});

function Chip({ one, draftKey, provider }: { one: DraftAttachment } & AttachmentTrayProps) {
  const client = useClient();
  return (
    <li className={`attachment-chip is-${one.state}`} data-testid={testIds.attachmentChip} data-state={one.state}>
      <Picture one={one} />
      <span className="attachment-text">
        <span className="attachment-name" title={one.name}>
          {one.name}
        </span>
        <Status one={one} provider={provider} />
      </span>
      {one.state === 'failed' && one.canRetry && (
        <IconButton
          label={t.attach.retry}
          className="icon-button-small"
          onClick={() => retryAttachment(client, draftKey, one.id)}
        >
          <RotateCcw size={14} aria-hidden />
        </IconButton>
      )}
      {one.pasted && (
        <IconButton
          label={t.attach.putBack}
          className="icon-button-small"
          data-testid={testIds.attachmentPutBack}
          onClick={() => pasteAfterAll(draftKey, one.id)}
        >
          <TextCursorInput size={14} aria-hidden />
        </IconButton>
      )}
      <IconButton
        label={t.attach.remove(one.name)}
        className="icon-button-small"
        data-testid={testIds.attachmentRemove}
        onClick={() => removeAttachment(draftKey, one.id)}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}

function Picture({ one }: { one: DraftAttachment }) {
  if (one.state === 'failed') return <CircleAlert size={16} aria-hidden className="error-icon" />;
  if (one.preview) return <img className="attachment-thumb" src={one.preview} alt="" />;
  return (
    <span className="attachment-icon">
      <FileText size={16} aria-hidden />
    </span>
  );
}

function Status({ one, provider }: { one: DraftAttachment; provider: ProviderInfo | null }) {
  if (one.state === 'failed') {
    return (
      <span className="attachment-problem" role="alert">
        {one.problem ?? t.attach.failed}
      </span>
    );
  }
  if (one.state === 'uploading') {
    const percent = one.bytes === 0 ? 100 : Math.round((one.sentBytes / one.bytes) * 100);
    return (
      <span className="attachment-note">
        <progress max={100} value={percent} aria-label={t.attach.uploadingLabel(one.name, percent)} />
        {t.attach.uploading(percent)}
      </span>
    );
  }
  const understood = isImage(one.mediaType) ? provider?.capabilities.images : provider?.capabilities.files;
  return (
    <span className="attachment-note">
      {formatBytes(one.bytes)}
      {provider && !understood && ` · ${t.attach.byPath(provider.name)}`}
    </span>
  );
}
