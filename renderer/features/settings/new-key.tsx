import type { CreatedKey } from '../../../main/protocol/access.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

/** The only time a key is shown whole. */
export function NewKey({ created, onDone }: { created: CreatedKey; onDone: () => void }) {
  return (
    <div className="card new-key" role="status">
      <p>
        <strong>{created.name}</strong>
      </p>
      <p>{t.settings.keys.created}</p>
      <div className="copyable">
        <code data-testid={testIds.keySecret}>{created.key}</code>
        <CopyButton text={created.key} showLabel />
      </div>
      <div className="form-actions">
        <Button onClick={onDone}>{t.settings.keys.done}</Button>
      </div>
    </div>
  );
}
