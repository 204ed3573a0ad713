import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactFields, redactText } from '../security/redact.ts';
import { createLog, type ElectronLog, type LogOptions } from './log.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'log-')), 'logs');
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

const load = async () => (await import('electron-log/node.js')).default as unknown as ElectronLog;
const open = (more: Partial<LogOptions> = {}) =>
  createLog({ folder, redactText, redactFields, load, now: () => 0, ...more });
const written = () => readFileSync(path.join(folder, 'main.log'), 'utf8');

describe('the log', () => {
  it('keeps every line from the first on, in order, one line each', async () => {
    const log = open();
    log.info('began', { port: 8741 });
    log.warn('two\nlines');
    await log.close();
    expect(written()).toBe(
      '1970-01-01T00:00:00.000Z info began {"port":8741}\n1970-01-01T00:00:00.000Z warn two\\nlines\n',
    );
  });

  it('takes secrets out of messages and fields', async () => {
    const log = open();
    log.error('failed with sk-abcdefghijklmnop1234', { headers: { authorization: 'Bearer very-secret-thing' } });
    await log.close();
    expect(written()).not.toMatch(/abcdefghijkl|very-secret-thing/);
    expect(written()).toContain('failed with');
  });

  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    const log = open();
    log.info('hello');
    await log.close();
    expect(statSync(log.file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('begins a new file when one is full, and keeps three old ones', async () => {
    const log = open({ maxBytes: 1000 });
    for (let line = 0; line < 100; line += 1) log.info(`line ${line} ${'x'.repeat(100)}`);
    await log.close();
    expect(readdirSync(folder).sort()).toEqual(['main.1.log', 'main.2.log', 'main.3.log', 'main.log']);
    expect(written()).toContain('line 99 ');
  });

  it('leaves out what is below its level', async () => {
    const log = open({ level: 'warn' });
    log.debug('no');
    log.info('no');
    log.warn('yes');
    await log.close();
    expect(written()).toMatch(/^\S+ warn yes\n$/);
  });

  it('does not load electron-log before the first line', async () => {
    let loads = 0;
    const log = open({
      load: () => {
        loads += 1;
        return load();
      },
    });
    expect(loads).toBe(0);
    log.info('one');
    log.info('two');
    await log.close();
    expect(loads).toBe(1);
  });

  it('costs nothing but the log when its folder cannot be made', async () => {
    writeFileSync(folder, 'a file stands where the folder should be');
    const log = open();
    log.info('hello');
    await log.close();
    expect(readFileSync(folder, 'utf8')).toContain('a file stands');
  });
});
