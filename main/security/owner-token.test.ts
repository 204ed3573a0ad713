import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureOwnerToken, ownerTokenFile, readOwnerToken } from './owner-token.ts';

let home = '';
let file = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quarterdeck-owner-'));
  file = join(home, ownerTokenFile);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const ensured = () => {
  const result = ensureOwnerToken(home);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const asRoot = process.getuid?.() === 0;
const posix = process.platform !== 'win32';

describe('the owner token', () => {
  it('is 256 random bits in a file that only its owner can read, and nothing else is left behind', () => {
    const { token } = ensured();
    expect(Buffer.from(token.slice('qdo_'.length), 'base64url')).toHaveLength(32);
    expect(readFileSync(file, 'utf8')).toBe(`${token}\n`);
    if (posix) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual([ownerTokenFile]);
  });

  it('stays the same over starts, and readers get it', () => {
    const { token, repaired } = ensured();
    expect(repaired).toBeUndefined();
    expect(ensured()).toEqual({ token });
    expect(readOwnerToken(home)).toEqual({ ok: true, value: token });
  });

  it.runIf(posix)('is 0600 whatever the umask', () => {
    const before = process.umask(0);
    try {
      ensured();
    } finally {
      process.umask(before);
    }
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.runIf(posix).each([0o640, 0o604, 0o666, 0o620])(
    'that others could get at (%o) is replaced, and the person is told',
    (mode) => {
      const old = ensured().token;
      chmodSync(file, mode);
      expect(readOwnerToken(home)).toMatchObject({ ok: false, error: { code: 'storage_failed', next: /.+/ } });
      const { token, repaired } = ensured();
      expect(token).not.toBe(old);
      expect(repaired?.message).toContain(file);
      expect(repaired?.impact).toContain('void');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(ensured()).toEqual({ token });
    },
  );

  it.each(['', 'hello\n', 'qdo_short\n', `qd_${'x'.repeat(43)}\n`, 'x'.repeat(1_000_000)])(
    'that is damaged is replaced, and the person is told',
    (text) => {
      writeFileSync(file, text, { mode: 0o600 });
      expect(readOwnerToken(home).ok).toBe(false);
      expect(ensured().repaired?.message).toContain(file);
      expect(readOwnerToken(home).ok).toBe(true);
    },
  );

  it.runIf(posix)('is never read through a link, and a link is not replaced', () => {
    const { token } = ensured();
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(file, join(elsewhere, ownerTokenFile));
    expect(ensureOwnerToken(elsewhere)).toMatchObject({ ok: false, error: { code: 'storage_failed' } });
    expect(readOwnerToken(elsewhere).ok).toBe(false);
    expect(readOwnerToken(home)).toEqual({ ok: true, value: token });
  });

  it.runIf(posix)('that is a folder or a FIFO is refused without waiting for a writer', () => {
    mkdirSync(file);
    expect(ensureOwnerToken(home).ok).toBe(false);
    rmSync(file, { recursive: true });
    execFileSync('mkfifo', ['-m', '600', file]);
    expect(ensureOwnerToken(home).ok).toBe(false);
    expect(readOwnerToken(home).ok).toBe(false);
  });

  it.runIf(asRoot)('of another user is refused', () => {
    ensured();
    chownSync(file, 65534, 65534);
    const refused = ensureOwnerToken(home);
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining('another user') } });
  });

  it('says what is wrong when there is no home, for readers and for the app', () => {
    const nowhere = join(home, 'nowhere');
    expect(readOwnerToken(nowhere)).toMatchObject({ ok: false, error: { code: 'unauthorized', next: /.+/ } });
    expect(ensureOwnerToken(nowhere)).toMatchObject({ ok: false, error: { code: 'storage_failed', impact: /.+/ } });
  });
});
