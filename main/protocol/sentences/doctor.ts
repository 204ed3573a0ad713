import type { Plain } from './plain.ts';

/** What the doctor finds: the finding, and what to do. */
export interface DoctorSentences {
  'doctor.runtime': { version: string; electron: string; node: string };
  'doctor.runtimeOld': { version: string; electron: string; node: string; needed: string };
  'doctor.home': { home: string };
  'doctor.homeUnwritable': { home: string; code: string };
  'doctor.disk': { free: string };
  'doctor.diskLow': { free: string; home: string };
  'doctor.diskUnknown': { code: string };
  'doctor.database': { size: string };
  'doctor.databaseDamaged': { file: string; why: string };
  'doctor.databaseReadable': { file: string; size: string };
  'doctor.databaseUnchecked': { file: string; code: string };
  'doctor.gateway': { url: string };
  'doctor.noGateway': Plain;
  'doctor.provider': {
    what: 'built_in' | 'checking' | 'ready';
    version: string;
    drift: 'newer' | 'older' | '';
    account: string;
    own: 0 | 1;
    path: string;
  };
  'doctor.providerNotReady': { state: string };
  'doctor.providersFailed': { code: string };
  'doctor.keys': { where: 'keychain' | 'key_file'; stored: string };
  'doctor.keysBroken': { names: string };
  'doctor.understood': Plain;
  'doctor.notUnderstood': { count: number; who: string };
}
