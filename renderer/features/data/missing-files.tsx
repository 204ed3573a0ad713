import type { FilesHeld } from '../../../main/protocol/data.ts';
import { t } from '../../strings/index.ts';

/** Files that a backup should hold and does not; nothing where all are there. */
export function MissingFiles({ held }: { held: FilesHeld | undefined }) {
  if (!held || held.missing === 0) return null;
  return <p className="field-note is-warning">{t.data.backups.lacks(held.missing)}</p>;
}
