import { randomBytes } from 'node:crypto';
import { stat, statfs, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { byteSize } from '../base/byte-size.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import type { DoctorReport } from '../protocol/views.ts';

export type Check = DoctorReport['checks'][number];

/** Oldest Node the app runs on. */
export const oldestNode = [22, 14] as const;
const lowDiskBytes = 1024 ** 3;
const fullDiskBytes = 100 * 1024 ** 2;

export interface DoctorFacts {
  version: string;
  /** `process.versions`; `electron` is there in the window. */
  versions: { readonly node: string; readonly electron?: string | undefined };
  home: string;
  databaseFile: string;
  logFile: string;
  /** Base address of the gateway; null when there is none in this process. */
  url: () => string | null;
  /** Problems that SQLite finds in the database; empty when it is sound. */
  databaseProblems: () => string[] | Promise<string[]>;
  providers: () => Promise<ProviderInfo[]>;
  /** What CLIs said that was not understood, newest first. */
  notUnderstood?: () => NonNullable<DoctorReport['not_understood']>;
  /** Where API keys of providers are kept, and whether each can be read. */
  keys?: {
    keptBy(): 'keychain' | 'key_file';
    state(provider: string): { stored: boolean; problem?: Problem };
  };
  /** Takes secrets out of the report. */
  redact?: <T>(value: T) => T;
  /** Free bytes on the disk of a folder; handed in by tests. */
  freeBytes?: (folder: string) => Promise<number>;
}

const errno = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

export function checkRuntime({ version, versions }: DoctorFacts): Check {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  const old = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  const about = { version, electron: versions.electron ?? '', node: versions.node };
  const shell = versions.electron ? `Electron ${versions.electron}, ` : '';
  const check = { id: 'runtime', label: 'Quarterdeck', text: `Version ${version}, ${shell}Node ${versions.node}.` };
  return old
    ? {
        ...check,
        state: 'error',
        say: say('doctor.runtimeOld', { ...about, needed: oldestNode.join('.') }),
        next: `Node ${oldestNode.join('.')} or newer is needed. Start it with \`npm start\`, which brings its own.`,
      }
    : { ...check, state: 'ok', say: say('doctor.runtime', about) };
}

export async function checkHome({ home }: DoctorFacts): Promise<Check> {
  const label = 'Data folder';
  const probe = path.join(home, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(probe, '', { flag: 'wx', mode: 0o600 });
    await unlink(probe);
    return { id: 'home', label, state: 'ok', text: `${home} can be written.`, say: say('doctor.home', { home }) };
  } catch (error) {
    return {
      id: 'home',
      label,
      state: 'error',
      say: say('doctor.homeUnwritable', { home, code: errno(error) }),
      text: `${home} cannot be written (${errno(error)}), so nothing new can be stored.`,
      next: 'Make the folder writable for this user, or choose another one with --home.',
    };
  }
}

export async function checkDisk({ home, freeBytes }: DoctorFacts): Promise<Check> {
  const label = 'Disk space';
  try {
    const look = async (folder: string) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    };
    const free = await (freeBytes ?? look)(home);
    const text = `${byteSize(free)} free on the disk of the data folder.`;
    const next = `Make some room on the disk of ${home}.`;
    const low = say('doctor.diskLow', { free: byteSize(free), home });
    if (free < fullDiskBytes) return { id: 'disk', label, state: 'error', text, next, say: low };
    if (free < lowDiskBytes) return { id: 'disk', label, state: 'warning', text, next, say: low };
    return { id: 'disk', label, state: 'ok', text, say: say('doctor.disk', { free: byteSize(free) }) };
  } catch (error) {
    return {
      id: 'disk',
      label,
      state: 'warning',
      text: `The free space could not be read (${errno(error)}).`,
      say: say('doctor.diskUnknown', { code: errno(error) }),
    };
  }
}

export async function checkDatabase({ databaseFile, databaseProblems }: DoctorFacts): Promise<Check> {
  const label = 'Database';
  try {
    const stats = await stat(databaseFile);
    // What was written last stands beside it until it is taken in.
    const wal = await stat(`${databaseFile}-wal`).catch(() => ({ size: 0 }));
    const bytes = stats.size + wal.size;
    const problems = await databaseProblems();
    if (problems.length > 0) {
      return {
        id: 'database',
        label,
        state: 'error',
        say: say('doctor.databaseDamaged', { file: databaseFile, why: problems.slice(0, 3).join('; ') }),
        text: `${databaseFile} is damaged: ${problems.slice(0, 3).join('; ')}`,
        next: 'Stop Quarterdeck and start it again: it sets the damaged file aside and opens the newest backup.',
      };
    }
    if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
      return {
        id: 'database',
        label,
        state: 'warning',
        say: say('doctor.databaseReadable', { file: databaseFile, size: byteSize(bytes) }),
        text: `Sound, ${byteSize(bytes)}, but other users of this machine can read ${databaseFile}.`,
        next: `chmod 600 "${databaseFile}"`,
      };
    }
    return {
      id: 'database',
      label,
      state: 'ok',
      text: `Sound, ${byteSize(bytes)}.`,
      say: say('doctor.database', { size: byteSize(bytes) }),
    };
  } catch (error) {
    return {
      id: 'database',
      label,
      state: 'error',
      say: say('doctor.databaseUnchecked', { file: databaseFile, code: errno(error) }),
      text: `${databaseFile} could not be checked (${errno(error)}).`,
      next: 'Look whether the file is there and belongs to this user.',
    };
  }
}

export function checkGateway(facts: DoctorFacts): Check {
  const url = facts.url();
  return {
    id: 'gateway',
    label: 'Gateway',
    state: 'ok',
    say: url ? say('doctor.gateway', { url }) : say('doctor.noGateway'),
    text: url ? `Listening at ${url}.` : 'Not listening: this command ran on its own, without the app.',
  };
}

export function checkProvider(provider: ProviderInfo): Check {
  const label = provider.name;
  const id = `provider:${provider.id}`;
  if (provider.state === 'ready' || provider.state === 'checking') {
    const drift = provider.known_good === 'newer' || provider.known_good === 'older' ? provider.known_good : null;
    const details = [
      provider.version &&
        `version ${provider.version}${drift ? ` (${drift} than the one this app was tried with)` : ''}`,
      provider.account,
      provider.own && 'installed by this app',
      provider.path,
    ].filter(Boolean);
    const what = provider.built_in
      ? 'Built in, needs nothing'
      : provider.state === 'checking'
        ? 'Still being looked for'
        : 'Ready';
    const said = say('doctor.provider', {
      what: provider.built_in ? 'built_in' : provider.state === 'checking' ? 'checking' : 'ready',
      version: provider.version ?? '',
      drift: drift ?? '',
      account: provider.account ?? '',
      own: provider.own ? 1 : 0,
      path: provider.path ?? '',
    });
    return { id, label, state: 'ok', text: `${[what, ...details].join(', ')}.`, say: said };
  }
  const command = provider.problem?.command;
  const advice = provider.problem?.next ?? '';
  const next = command && !advice.includes(command) ? `${advice} \`${command}\``.trim() : advice;
  return {
    id,
    label,
    // A CLI that somebody does not have is not an error; one that is there and broken is worth a look.
    state: 'warning',
    ...(provider.problem
      ? provider.problem.say
        ? { say: provider.problem.say }
        : {}
      : { say: say('doctor.providerNotReady', { state: provider.state }) }),
    text: provider.problem?.message ?? `Not ready (${provider.state}).`,
    ...(next ? { next } : {}),
  };
}

/** Where API keys of agents are kept, and which of them cannot be read here. */
export function checkKeys({ keys }: DoctorFacts, providers: readonly ProviderInfo[]): Check[] {
  if (keys === undefined) return [];
  const check = { id: 'provider-keys', label: 'API keys of agents' };
  const where =
    keys.keptBy() === 'keychain'
      ? "New keys are kept by the system's keychain"
      : 'New keys are kept encrypted, with a key file in the data folder that only this user can read (there is no system keychain here)';
  const states = providers
    .filter((provider) => !provider.built_in)
    .map(({ id, name }) => ({ name, ...keys.state(id) }));
  const stored = states.filter((state) => state.stored).map((state) => state.name);
  const broken = states.filter((state) => state.problem !== undefined);
  if (broken.length > 0) {
    const text = broken.map(({ name, problem }) => `${name}: ${problem?.message}`).join(' ');
    return [
      {
        ...check,
        state: 'warning',
        text,
        say: say('doctor.keysBroken', { names: broken.map(({ name }) => name).join(', ') }),
        next: broken[0]?.problem?.next ?? 'Store the key again.',
      },
    ];
  }
  const said = say('doctor.keys', { where: keys.keptBy(), stored: stored.join(', ') });
  return [
    {
      ...check,
      state: 'ok',
      say: said,
      text: `${where}. Stored: ${stored.length === 0 ? 'none' : stored.join(', ')}.`,
    },
  ];
}

/** What was not understood is no error: the conversation goes on. It tells that a CLI is newer than this version of the app. */
export function checkNotUnderstood(found: NonNullable<DoctorReport['not_understood']>): Check {
  const check = { id: 'not-understood', label: 'Messages of agents' };
  if (found.length === 0)
    return {
      ...check,
      state: 'ok',
      text: 'Everything that agents said was understood.',
      say: say('doctor.understood'),
    };
  const who = [...new Set(found.map(({ provider, version }) => (version ? `${provider} ${version}` : provider)))];
  return {
    ...check,
    state: 'warning',
    say: say('doctor.notUnderstood', { count: found.length, who: who.slice(0, 4).join(', ') }),
    text: `${found.length} ${found.length === 1 ? 'kind' : 'kinds'} of messages were not understood (${who.slice(0, 4).join(', ')}). They are kept in the record of the session and shown there as plain lines.`,
    next: 'Look whether there is a newer version of Quarterdeck.',
  };
}

/** The doctor of this installation: the answer looks at every part, each time it is called. */
export const createDoctor = (facts: DoctorFacts) => (): Promise<DoctorReport> => runDoctor(facts);

/** Looks at every part of this installation. Never throws; takes as long as the slowest part, at most a few seconds. */
export async function runDoctor(facts: DoctorFacts): Promise<DoctorReport> {
  const listed = facts.providers().then(
    (providers) => ({ providers, failed: [] as Check[] }),
    (error: unknown) => ({
      providers: [] as ProviderInfo[],
      failed: [
        {
          id: 'providers',
          label: 'Agents',
          state: 'error' as const,
          text: `The agents could not be looked for (${errno(error)}).`,
          say: say('doctor.providersFailed', { code: errno(error) }),
        },
      ],
    }),
  );
  const [home, disk, database, { providers, failed }] = await Promise.all([
    checkHome(facts),
    checkDisk(facts),
    checkDatabase(facts),
    listed,
  ]);
  const notUnderstood = facts.notUnderstood?.() ?? [];
  const log: Check = { id: 'log', label: 'Log', state: 'ok', text: facts.logFile };
  const checks = [
    checkRuntime(facts),
    home,
    disk,
    database,
    checkGateway(facts),
    log,
    ...failed,
    ...providers.map(checkProvider),
    ...checkKeys(facts, providers),
    checkNotUnderstood(notUnderstood),
  ];
  const ok = checks.every((check) => check.state !== 'error');
  return (facts.redact ?? ((report) => report))({ ok, checks, providers, not_understood: notUnderstood });
}
