import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoginItem, type LoginParts } from './login-item.ts';

const command = ['/opt/Quarter Deck/quarterdeck', '--home=/home/ada/b c'];

function parts(platform: NodeJS.Platform, change: Partial<LoginParts> = {}): LoginParts {
  const kept = { hidden: false };
  const keepHidden = { get: () => kept.hidden, set: (hidden: boolean) => void Object.assign(kept, { hidden }) };
  const app = {
    getLoginItemSettings: () => ({ openAtLogin: false }),
    setLoginItemSettings: () => {
      throw new Error('not asked');
    },
  };
  return { platform, app, packaged: true, env: {}, command, keepHidden, ...change };
}

describe('opening at login on Linux', () => {
  let config = '';
  beforeEach(() => {
    config = mkdtempSync(join(tmpdir(), 'quarterdeck-login-'));
  });
  afterEach(() => rmSync(config, { recursive: true, force: true }));
  const item = () => createLoginItem(parts('linux', { env: { XDG_CONFIG_HOME: config } }));
  const file = () => join(config, 'autostart', 'quarterdeck.desktop');

  it('is off without a file, and on with the file it writes', () => {
    expect(item().view()).toEqual({ can: true, on: false, hidden: false, unapproved: false, other: null });
    item().set(true, true);
    expect(item().view()).toMatchObject({ on: true, hidden: true, other: null });
    item().set(true, false);
    expect(item().view()).toMatchObject({ on: true, hidden: false });
    expect(readFileSync(file(), 'utf8')).toContain('Exec="/opt/Quarter Deck/quarterdeck" "--home=/home/ada/b c"\n');
    expect(readdirSync(join(config, 'autostart'))).toEqual(['quarterdeck.desktop']);
    item().set(false, false);
    expect(item().view().on).toBe(false);
    item().set(false, false);
  });

  it('says what the file says, whoever changed it', () => {
    item().set(true, false);
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}Hidden=true\n`);
    expect(item().view().on).toBe(false);
    writeFileSync(file(), '[Desktop Entry]\nExec=/old/quarterdeck --hidden\n');
    expect(item().view()).toMatchObject({ on: true, hidden: true, other: '/old/quarterdeck' });
  });

  it.skipIf(process.getuid?.() === 0)('throws when the folder cannot be written', () => {
    mkdirSync(join(config, 'autostart'));
    chmodSync(join(config, 'autostart'), 0o500);
    expect(() => item().set(true, false)).toThrow();
  });

  it('throws when something else stands where the folder should be', () => {
    writeFileSync(join(config, 'autostart'), '');
    expect(() => item().set(true, false)).toThrow();
  });
});

describe('opening at login on Windows', () => {
  it('is what the system says of exactly this program, hidden or not', () => {
    let registered: { path?: string; args?: string[] } | null = null;
    let allowed = true;
    const app = {
      getLoginItemSettings: (wanted?: object) => ({
        openAtLogin: JSON.stringify(wanted) === JSON.stringify(registered),
        executableWillLaunchAtLogin: allowed,
      }),
      setLoginItemSettings: ({
        openAtLogin,
        ...settings
      }: {
        openAtLogin: boolean;
        path?: string;
        args?: string[];
      }) => {
        registered = openAtLogin ? settings : null;
      },
    };
    const item = createLoginItem(parts('win32', { app }));
    expect(item.view().on).toBe(false);
    item.set(true, true);
    expect(registered).toEqual({ path: command[0], args: ['"--home=/home/ada/b c"', '--hidden'] });
    expect(item.view()).toMatchObject({ on: true, hidden: true });
    allowed = false;
    expect(item.view().on).toBe(false);
    item.set(false, false);
    expect(registered).toBeNull();
  });
});

describe('opening at login on a Mac', () => {
  it('is what the system says; hidden is kept, for the system hands nothing over', () => {
    const system = { openAtLogin: false, status: 'not-registered' };
    const app = {
      getLoginItemSettings: () => system,
      setLoginItemSettings: ({ openAtLogin }: { openAtLogin: boolean }) =>
        void Object.assign(system, { openAtLogin, status: openAtLogin ? 'enabled' : 'not-registered' }),
    };
    const item = createLoginItem(parts('darwin', { app }));
    item.set(true, true);
    expect(item.view()).toMatchObject({ on: true, hidden: true, unapproved: false });
    Object.assign(system, { openAtLogin: false, status: 'requires-approval' });
    expect(item.view()).toMatchObject({ on: true, unapproved: true });
  });

  it('cannot be had by an app that is not installed', () => {
    expect(createLoginItem(parts('darwin', { packaged: false })).view().can).toBe(false);
  });
});
