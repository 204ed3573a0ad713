import type { CreatedKey } from '../../../main/protocol/access.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** The only time a key is shown whole. */
export function NewKey({ created, onClose }: { created: CreatedKey; onClose: () => void }) {
  return (
    <Dialog title={t.access.keys.created(created.name)} onClose={onClose}>
      {(close) => (
        <>
          <p>{t.access.keys.createdNote}</p>
          <div className="secret">
            <code data-testid={testIds.keySecret}>{created.key}</code>
          </div>
          <div className="dialog-actions">
            <CopyButton text={created.key} showLabel />
            <Button variant="primary" data-testid={testIds.keyDone} onClick={close}>
              {t.access.keys.done}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
