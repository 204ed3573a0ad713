import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { limits } from '../../../main/protocol/limits.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

/** Opens the system's dialog for files. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={t.attach.button}
        title={`${t.attach.button} · ${t.attach.limits(formatBytes(limits.attachmentBytes))}`}
        onClick={() => field.current?.click()}
      >
        <Paperclip size={16} aria-hidden />
      </button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={t.attach.button}
        data-testid={testIds.attachInput}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again after it was removed.
          event.target.value = '';
        }}
      />
    </>
  );
}
