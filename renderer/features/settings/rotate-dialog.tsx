import { useState } from 'react';
import type { ApiKey, CreatedKey } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';

const overlapMs = { none: 0, hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;
type Overlap = keyof typeof overlapMs;

interface RotateDialogProps {
  apiKey: ApiKey;
  onCreated: (key: CreatedKey) => void;
  onClose: () => void;
}

/** A new secret for a key, and how long the old one is good beside it. */
export function RotateDialog({ apiKey, onCreated, onClose }: RotateDialogProps) {
  const client = useClient();
  const [overlap, setOverlap] = useState<Overlap>('day');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const words = t.access.keys;
  const rotate = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.request<CreatedKey>({
      type: 'keys_rotate',
      id: apiKey.id,
      overlap_ms: overlapMs[overlap],
    });
    setBusy(false);
    if (answer.ok) onCreated(answer.value);
    else setProblem(answer.problem);
  };
  return (
    <Dialog title={words.rotateTitle(apiKey.name)} onClose={onClose}>
      {(close) => (
        <>
          <label className="field">
            <span>{words.rotateNote}</span>
            <select
              className="text-field"
              value={overlap}
              data-testid={testIds.keyOverlap}
              onChange={(event) => setOverlap(event.target.value as Overlap)}
            >
              {(Object.keys(overlapMs) as Overlap[]).map((one) => (
                <option key={one} value={one}>
                  {words.overlap[one]}
                </option>
              ))}
            </select>
          </label>
          <p className="field-note">{words.overlapNote[overlap === 'none' ? 'none' : 'some']}</p>
          {problem && (
            <div className="field-error" role="alert">
              <ProblemText problem={problem} />
            </div>
          )}
          <div className="dialog-actions">
            <Button onClick={close}>{t.common.cancel}</Button>
            <Button
              variant="primary"
              disabled={busy}
              data-testid={testIds.keyRotateConfirm}
              onClick={() => void rotate()}
            >
              {words.rotateAction}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
