import { Download, FileText, ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Attachment } from '../../../main/protocol/values.ts';
import { attachmentUrl } from '../../store/attachment-blobs.ts';
import { isImage } from '../../store/attachments.ts';
import { saveAs } from '../../store/save-as.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { PictureButton } from '../../ui/picture-button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useSession } from '../conversation/session-context.ts';

/** Larger pictures are loaded when they are asked for, bytes. */
const loadsItself = 8 * 1_048_576;

/** Images and files that went with a message. */
export function MessageAttachments({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="message-attachments">
      {attachments.map((attachment) => (
        <li key={attachment.attachment_id}>
          {isImage(attachment.media_type) ? (
            <MessageImage attachment={attachment} />
          ) : (
            <MessageFile attachment={attachment} />
          )}
        </li>
      ))}
    </ul>
  );
}

function MessageImage({ attachment }: { attachment: Attachment }) {
  const client = useClient();
  const { sessionId } = useSession();
  const [wanted, setWanted] = useState(attachment.bytes <= loadsItself);
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    void attachmentUrl(client, sessionId, attachment).then((answer) => {
      if (gone) return;
      if (answer.ok) setUrl(answer.value);
      else setFailed(true);
    });
    return () => {
      gone = true;
    };
  }, [client, sessionId, attachment, wanted]);
  if (failed) {
    return (
      <button
        type="button"
        className="attachment-file is-failed"
        onClick={() => {
          setFailed(false);
          setWanted(false);
        }}
      >
        <ImageOff size={16} aria-hidden />
        <span>
          {attachment.name} · {t.attach.notLoaded}
        </span>
      </button>
    );
  }
  if (!wanted) {
    return (
      <button type="button" className="attachment-file" onClick={() => setWanted(true)}>
        <FileText size={16} aria-hidden />
        <span>
          {attachment.name} · {t.attach.show(formatBytes(attachment.bytes))}
        </span>
      </button>
    );
  }
  if (url === null) {
    return (
      <span className="message-image is-loading" role="status" aria-label={t.attach.loading}>
        <Spinner />
      </span>
    );
  }
  return (
    <PictureButton
      url={url}
      name={attachment.name}
      note={formatBytes(attachment.bytes)}
      testId={testIds.messageImage}
      onError={() => setFailed(true)}
    />
  );
}

function MessageFile({ attachment }: { attachment: Attachment }) {
  const client = useClient();
  const { sessionId } = useSession();
  const save = async (): Promise<void> => {
    const answer = await attachmentUrl(client, sessionId, attachment);
    if (!answer.ok) return client.report(answer.problem);
    saveAs(answer.value, attachment.name);
  };
  return (
    <button
      type="button"
      className="attachment-file"
      title={t.attach.save(attachment.name)}
      data-testid={testIds.messageFile}
      onClick={() => void save()}
    >
      <FileText size={16} aria-hidden />
      <span className="attachment-name">{attachment.name}</span>
      <span className="attachment-note">{formatBytes(attachment.bytes)}</span>
      <Download size={14} aria-hidden />
    </button>
  );
}
