import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

/** What will happen when what is held above this place is let go. */
export function DropNote({ over }: { over: 'files' | 'any' | null }) {
  if (over === null) return null;
  return (
    <p className="drop-note" data-testid={testIds.dropNote}>
      {over === 'any' ? t.drop.filesOrFolder : t.drop.files}
    </p>
  );
}
