import { Image } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SessionId } from '../../main/protocol/ids.ts';
import { type LocalPicture, localPicture } from '../store/local-pictures.ts';
import { baseName, formatBytes } from '../strings/format.ts';
import { t } from '../strings/index.ts';
import { testIds } from '../test-ids.ts';
import { useClient } from '../ui/client-context.ts';
import { PictureButton } from '../ui/picture-button.tsx';

interface LocalImageProps {
  sessionId: SessionId;
  /** As the agent wrote it, relative to the folder of the session or in it. */
  path: string;
  alt: string;
}

/** A picture of the session's folder that an agent named. It stands as the file is now, which may have changed since. */
export function LocalImage({ sessionId, path, alt }: LocalImageProps) {
  const client = useClient();
  const [picture, setPicture] = useState<LocalPicture | null>(null);
  useEffect(() => {
    let gone = false;
    void localPicture(client, sessionId, path).then((found) => {
      if (!gone) setPicture(found);
    });
    return () => {
      gone = true;
    };
  }, [client, sessionId, path]);
  const name = baseName(path);
  if (picture?.kind === 'shown') {
    return (
      <span className="local-image">
        <PictureButton
          url={picture.url}
          name={name}
          alt={alt || name}
          note={formatBytes(picture.bytes)}
          testId={testIds.localImage}
          onError={() => setPicture({ kind: 'failed' })}
        />
      </span>
    );
  }
  const words =
    picture === null
      ? t.attach.loading
      : picture.kind === 'too_large'
        ? t.conversation.imageTooLarge(formatBytes(picture.bytes))
        : t.conversation.imageMissing;
  return (
    <span className="link-text" title={path}>
      <Image size={14} aria-hidden className="inline-icon" /> {t.conversation.image(alt || path)} ({words})
    </span>
  );
}
