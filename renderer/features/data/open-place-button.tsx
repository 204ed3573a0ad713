import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Place } from '../../../main/protocol/ipc.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';

interface OpenPlaceButtonProps {
  place: Place;
  /** Where it is: said when the system could not show it. */
  path: string;
}

/** Shows one of the app's own folders in the system's file manager; in a browser, which cannot, there is none. */
export function OpenPlaceButton({ place, path }: OpenPlaceButtonProps) {
  const { openPlace } = useClient().bridge;
  const [failed, setFailed] = useState(false);
  if (!openPlace) return null;
  const open = (): Promise<void> =>
    openPlace(place).then(
      (opened) => setFailed(!opened),
      () => setFailed(true),
    );
  return (
    <div className="open-place">
      <Button
        size="small"
        icon={<FolderOpen size={14} aria-hidden />}
        data-testid={testIds.dataOpenFolder}
        data-place={place}
        onClick={() => void open()}
      >
        {t.data.place.open}
      </Button>
      {failed && (
        <p role="alert" className="field-note is-warning">
          {t.data.place.failed(path)}
        </p>
      )}
    </div>
  );
}
