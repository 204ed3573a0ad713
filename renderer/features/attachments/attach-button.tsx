import { Camera, FileText, Paperclip } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { limits } from '../../../main/protocol/limits.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Menu } from '../../ui/menu.tsx';
import { handheld } from '../../ui/touch-keyboard.ts';
import { useMedia } from '../../ui/use-media.ts';

/** Opens the system's dialog for files; on a phone also its camera. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const hasCamera = useMedia(handheld);
  const size = t.attach.limits(formatBytes(limits.attachmentBytes));
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    onFiles([...(event.target.files ?? [])]);
    // The same file may be chosen again after it was removed.
    event.target.value = '';
  };
  return (
    <>
      {hasCamera ? (
        <Menu
          label={t.attach.button}
          trigger={<Paperclip size={16} aria-hidden />}
          testId={testIds.attachButton}
          items={[
            {
              id: 'photo',
              label: t.attach.photo,
              icon: <Camera size={15} aria-hidden />,
              testId: testIds.attachPhoto,
              onSelect: () => camera.current?.click(),
            },
            {
              id: 'files',
              label: t.attach.files,
              note: size,
              icon: <FileText size={15} aria-hidden />,
              testId: testIds.attachFiles,
              onSelect: () => field.current?.click(),
            },
          ]}
        />
      ) : (
        <button
          type="button"
          className="icon-button"
          aria-label={t.attach.button}
          title={`${t.attach.button} · ${size}`}
          data-testid={testIds.attachButton}
          onClick={() => field.current?.click()}
        >
          <Paperclip size={16} aria-hidden />
        </button>
      )}
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={t.attach.button}
        data-testid={testIds.attachInput}
        onChange={take}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t.attach.photo}
        onChange={take}
      />
    </>
  );
}
