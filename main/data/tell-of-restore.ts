import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { RestoreOutcome } from '../storage/restore.ts';
import type { DataStateFile } from './data-state.ts';

/** What a person has to know after a start that carried out a restore, or could not; it is noted as well. */
export function tellOfRestore(outcome: RestoreOutcome, state: DataStateFile, now: number): Problem {
  const { note } = outcome;
  state.note({ last_restore: { at: now, ok: outcome.ok, message: outcome.ok ? note.name : outcome.error } });
  if (!outcome.ok) {
    return {
      code: 'storage_failed',
      say: say('data.notRestored', { name: note.name }),
      message: `The backup ${note.name} could not be restored.`,
      impact: 'Nothing was changed: everything is as it was before.',
      next: 'Look at the details, then choose it again in Settings > Data.',
      detail: outcome.error,
    };
  }
  const made = note.made_at === null ? '' : new Date(note.made_at).toISOString().slice(0, 16).replace('T', ' ');
  const kept = outcome.kept
    ? `What was here before is kept as ${outcome.kept} in the list of backups.`
    : outcome.aside
      ? `The damaged file that was here before is kept as ${outcome.aside}.`
      : 'There was nothing here before.';
  const lost =
    outcome.missing === 0
      ? ''
      : ` ${outcome.missing === 1 ? '1 file of a message is' : `${outcome.missing} files of messages are`} missing: nowhere on this disk is what was sent.`;
  return {
    code: 'interrupted',
    tone: outcome.missing > 0 ? 'note' : 'good',
    say: say('data.restored', {
      ...{ made, name: note.name, before: outcome.kept ?? outcome.aside ?? '' },
      aside: outcome.kept === null && outcome.aside !== null ? 1 : 0,
      lost: outcome.missing,
    }),
    message: `The backup${made && ` of ${made} UTC`} was restored (${note.name}).`,
    impact: `${kept}${lost} Keys, devices, sign-ins and lasting permissions are as they were before the restore.`,
    next: 'To go back, restore that copy in Settings > Data. Archived sessions are not deleted by themselves until you switch that on there.',
  };
}
