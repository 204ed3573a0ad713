import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import { DoctorReport } from '../protocol/views.ts';
import { createDemoProvider } from '../providers/demo/adapter.ts';
import { type DoctorFacts, runDoctor } from './doctor.ts';

let home: string;
let facts: DoctorFacts;
const guide = await createDemoProvider({ clock: createManualClock(), instance: 'test' }).detect();

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  const databaseFile = path.join(home, 'quarterdeck.db');
  writeFileSync(databaseFile, 'x'.repeat(3000), { mode: 0o600 });
  facts = {
    version: '0.1.0',
    versions: { node: '24.21.0' },
    home,
    databaseFile,
    logFile: path.join(home, 'logs/main.log'),
    url: () => 'http://127.0.0.1:8741',
    databaseProblems: () => [],
    providers: async () => [guide],
    freeBytes: async () => 50 * 1024 ** 3,
  };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const check = async (id: string) => {
  const report = await runDoctor(facts);
  const found = report.checks.find((one) => one.id === id);
  return { ...found, reportOk: report.ok };
};

describe('the doctor', () => {
  it('finds a sound installation sound, in the words of the contract', async () => {
    const report = await runDoctor(facts);
    expect(DoctorReport.parse(report)).toEqual(report);
    expect(report.ok).toBe(true);
    expect(report.checks.map((one) => one.state)).not.toContain('error');
  });

  it('says what to do about a Node that is too old', async () => {
    facts.versions = { node: '20.20.2' };
    expect(await check('runtime')).toMatchObject({
      state: 'error',
      next: expect.stringContaining('22.14'),
      reportOk: false,
    });
  });

  it('says what to do about a home that cannot be written', async () => {
    facts.home = path.join(home, 'nothing-here');
    expect(await check('home')).toMatchObject({
      state: 'error',
      next: expect.stringContaining('--home'),
      reportOk: false,
    });
  });

  it.each([
    [50 * 1024 ** 2, 'error'],
    [500 * 1024 ** 2, 'warning'],
    [5 * 1024 ** 3, 'ok'],
  ])('calls %d free bytes %s', async (free, state) => {
    facts.freeBytes = async () => free;
    expect(await check('disk')).toMatchObject({ state });
  });

  it('reads the real free space when none is handed in', async () => {
    delete facts.freeBytes;
    expect((await check('disk')).text).toMatch(/^\d[\d.]* [kMG]B free/);
  });

  it('passes on what SQLite says of a damaged database', async () => {
    facts.databaseProblems = () => ['row 17 missing from index'];
    expect(await check('database')).toMatchObject({
      state: 'error',
      text: expect.stringContaining('row 17'),
      reportOk: false,
    });
  });

  it('survives a database that cannot be looked at', async () => {
    facts.databaseFile = path.join(home, 'gone.db');
    expect(await check('database')).toMatchObject({ state: 'error', text: expect.stringContaining('ENOENT') });
  });

  it('says of a missing CLI what to do, and does not call the installation broken for it', async () => {
    const missing: ProviderInfo = {
      ...guide,
      id: 'claude' as ProviderInfo['id'],
      name: 'Claude Code',
      built_in: false,
      state: 'not_found',
      problem: {
        message: 'Claude Code was not found.',
        next: 'Install it:',
        command: 'npm install -g @anthropic-ai/claude-code',
      },
    };
    facts.providers = async () => [guide, missing];
    expect(await check('provider:claude')).toEqual({
      id: 'provider:claude',
      label: 'Claude Code',
      state: 'warning',
      text: 'Claude Code was not found.',
      next: 'Install it: `npm install -g @anthropic-ai/claude-code`',
      reportOk: true,
    });
  });

  it('says that a CLI is newer than what the app was tried with', async () => {
    facts.providers = async () => [{ ...guide, built_in: false, version: '9.9.9', known_good: 'newer' }];
    expect((await check('provider:demo')).text).toContain('version 9.9.9 (newer than the one this app was tried with)');
  });

  it.each([
    ['keychain', "the system's keychain"],
    ['key_file', 'a key file in the data folder'],
  ] as const)('says that keys are kept by the %s, and for whom', async (keptBy, words) => {
    facts.providers = async () => [guide, { ...guide, id: 'claude', name: 'Claude Code', built_in: false }];
    facts.keys = { keptBy: () => keptBy, state: () => ({ stored: true }) };
    const { state, text } = await check('provider-keys');
    expect([state, text]).toEqual(['ok', expect.stringContaining(words)]);
    expect(text).toContain('Stored: Claude Code.');
  });

  it('says that a stored key cannot be read, and what to do', async () => {
    const problem = { code: 'storage_failed' as const, message: 'It is locked.', next: 'Unlock it.' };
    facts.providers = async () => [{ ...guide, id: 'claude', name: 'Claude Code', built_in: false }];
    facts.keys = { keptBy: () => 'keychain', state: () => ({ stored: false, problem }) };
    expect(await check('provider-keys')).toMatchObject({
      state: 'warning',
      text: 'Claude Code: It is locked.',
      next: 'Unlock it.',
      reportOk: true,
    });
  });

  it('tells what was not understood, and does not call the installation broken for it', async () => {
    const one = {
      provider: 'claude',
      version: '9.9.9',
      what: 'nova',
      count: 2,
      last_at: 1,
      session_id: 's',
      sample: '{}',
    };
    facts.notUnderstood = () => [one];
    expect((await runDoctor(facts)).not_understood).toEqual([one]);
    expect(await check('not-understood')).toMatchObject({
      state: 'warning',
      text: expect.stringMatching(/^1 kind of messages .*claude 9\.9\.9/),
      reportOk: true,
    });
  });

  it('has no secret in its report', async () => {
    facts.providers = async () => [{ ...guide, account: 'canary' }];
    facts.redact = (value) => JSON.parse(JSON.stringify(value).replaceAll('canary', '[redacted]'));
    expect(JSON.stringify(await runDoctor(facts))).not.toContain('canary');
  });

  it('reports even when looking for the agents fails', async () => {
    facts.providers = () => Promise.reject(new Error('boom'));
    expect(await check('providers')).toMatchObject({ state: 'error', reportOk: false });
  });
});
