import { lazy, Suspense, useState } from 'react';
import { saveAs } from '../store/save-as.ts';
import { t } from '../strings/index.ts';

const Lightbox = lazy(() => import('./lightbox.tsx').then((module) => ({ default: module.Lightbox })));

interface PictureButtonProps {
  /** An address in this page. */
  url: string;
  /** Of its file. */
  name: string;
  /** What is in it, where somebody said. Default: its name. */
  alt?: string;
  note?: string;
  testId: string;
  onError: () => void;
}

/** A picture in a conversation; a click shows it as large as the window allows. */
export function PictureButton({ url, name, alt = name, note, testId, onError }: PictureButtonProps) {
  const [large, setLarge] = useState(false);
  return (
    <>
      <button
        type="button"
        className="message-image"
        aria-label={t.attach.open(alt)}
        title={name}
        data-testid={testId}
        onClick={() => setLarge(true)}
      >
        <img src={url} alt={alt} onError={onError} />
      </button>
      {large && (
        <Suspense fallback={null}>
          <Lightbox
            url={url}
            name={name}
            note={note}
            onSave={() => saveAs(url, name)}
            onClose={() => setLarge(false)}
          />
        </Suspense>
      )}
    </>
  );
}
