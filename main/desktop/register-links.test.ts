import { expect, it } from 'vitest';
import { registerLinks } from './register-links.ts';

function app({ isPackaged = true, ours = false, other = '' }) {
  const set: unknown[][] = [];
  return {
    set,
    isPackaged,
    isDefaultProtocolClient: () => ours,
    setAsDefaultProtocolClient: (...args: unknown[]) => set.push(args) > 0,
    getApplicationNameForProtocol: () => other,
  };
}

it('takes the links on Windows with the program and what each start of it needs', () => {
  const installed = app({ other: 'Old copy' });
  registerLinks(installed, 'win32', ['C:\\Quarterdeck.exe']);
  expect(installed.set).toEqual([['quarterdeck', 'C:\\Quarterdeck.exe', []]]);
  const own = app({ isPackaged: false });
  registerLinks(own, 'win32', ['C:\\electron.exe', 'C:\\my app']);
  expect(own.set).toEqual([['quarterdeck', 'C:\\electron.exe', ['C:\\my app']]]);
});

it('takes them from nobody when it is not installed, and not again when they are its own', () => {
  for (const one of [app({ isPackaged: false, other: 'Quarterdeck' }), app({ ours: true })]) {
    registerLinks(one, 'win32', ['C:\\electron.exe', 'C:\\my app']);
    expect(one.set).toEqual([]);
  }
});

it('leaves them to the bundle and the desktop file elsewhere', () => {
  for (const platform of ['darwin', 'linux'] as const) {
    const one = app({});
    registerLinks(one, platform, ['/opt/quarterdeck']);
    expect(one.set).toEqual([]);
  }
});
