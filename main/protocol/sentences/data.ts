import type { Plain, YesNo } from './plain.ts';

/** The data as a whole: backups, restoring, taking everything elsewhere, deleting what is old. `full`: the disk is. */
export interface DataSentences {
  'data.taskRunning': Plain;
  'data.noTask': Plain;
  'data.noBackup': Plain;
  'data.notAbsolute': Plain;
  'data.unreadable': Plain;
  'data.noDatabase': Plain;
  'data.foreign': Plain;
  'data.newer': Plain;
  'data.damaged': Plain;
  'data.altered': Plain;
  'data.backupFailed': { full: YesNo };
  'data.lookFailed': { full: YesNo };
  'data.restoreFailed': { full: YesNo };
  'data.exportFailed': { full: YesNo };
  'data.retentionFailed': { full: YesNo };
  'data.copyAltered': { detail: string };
  'data.copyForeign': { detail: string };
  'data.notRestored': { name: string };
  /** `made`: when the backup was made, without its zone; empty: unknown. `aside`: the file before was damaged. `lost`: files of messages that nobody has. */
  'data.restored': { made: string; name: string; before: string; aside: YesNo; lost: number };
}
