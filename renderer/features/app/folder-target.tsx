import { FolderPlus } from 'lucide-react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

/** What will happen when the folder that is held above the page is let go. */
export function FolderTarget() {
  return (
    <div className="folder-target" data-testid={testIds.folderTarget}>
      <FolderPlus size={28} strokeWidth={1.6} aria-hidden />
      <strong>{t.drop.folder}</strong>
      <span>{t.drop.nothingSent}</span>
    </div>
  );
}
