import { describe, expect, it } from 'vitest';
import { optionsOf, readStartOptions } from './start-options.ts';

const read = (argv: string[], env: Record<string, string> = {}) =>
  readStartOptions(['electron', '.', ...argv], env, '/work here');

describe('readStartOptions', () => {
  it('starts in the usual place on the usual port, which may move', () => {
    expect(read([])).toEqual({ ok: true, value: { home: null, port: 8741, portFixed: false, hidden: false } });
  });

  it('takes a home from the arguments before the environment, against the folder it was started in', () => {
    expect(read(['--home', 'deck'], { QUARTERDECK_HOME: '/other' })).toMatchObject({
      value: { home: '/work here/deck' },
    });
    expect(read(['--home=/x/y'])).toMatchObject({ value: { home: '/x/y' } });
    expect(read([], { QUARTERDECK_HOME: '/other' })).toMatchObject({ value: { home: '/other' } });
    expect(read([], { QUARTERDECK_HOME: '' })).toMatchObject({ value: { home: null } });
  });

  it('insists on a port that was named, and on any free one for 0', () => {
    expect(read(['--port', '9000'])).toMatchObject({ value: { port: 9000, portFixed: true } });
    expect(read(['--port=0'])).toMatchObject({ value: { port: 0, portFixed: false } });
  });

  it('leaves arguments of Electron and Chromium alone', () => {
    expect(read(['--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '--port', '0'])).toMatchObject({
      value: { home: null, port: 0 },
    });
  });

  it('says what is wrong with a value that cannot be used', () => {
    expect(read(['--home'])).toEqual({ ok: false, error: '--home needs a folder.' });
    expect(read(['--home', '--port', '0'])).toMatchObject({ ok: false });
    for (const port of ['', '70000', '-1', 'eighty', '1e3'])
      expect(read([`--port=${port}`]), port).toMatchObject({ ok: false });
  });

  it('opens no window when the system says so', () => {
    expect(read(['--hidden'])).toMatchObject({ value: { hidden: true } });
  });
});

describe('a start again by itself', () => {
  it('has every option of the first start, and opens nothing of it again, least of all nothing at all', () => {
    const first = [
      '/opt/quarterdeck',
      '--no-sandbox',
      '--hidden',
      '--home',
      '/my deck',
      '--port=0',
      'quarterdeck://new',
      '/a/folder',
    ];
    expect(optionsOf(first)).toEqual(['--no-sandbox', '--home', '/my deck', '--port=0']);
    expect(optionsOf(['electron', '--inspect=0', '.', '--port', '9000'])).toEqual(['--inspect=0', '--port', '9000']);
  });
});
