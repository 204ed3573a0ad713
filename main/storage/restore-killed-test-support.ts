/** Carries out what was planned and stops at one step, for a test that ends this process there. Arguments: database, backups, restore, attachments, name of the step. */
import { writeSync } from 'node:fs';
import { applyPlannedRestore } from './restore.ts';

const [database, backups, restore, attachments, at] = process.argv.slice(2) as [string, string, string, string, string];
applyPlannedRestore({ database, backups, restore, attachments }, Date.now(), (step) => {
  if (step !== at) return;
  writeSync(1, `at ${step}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
