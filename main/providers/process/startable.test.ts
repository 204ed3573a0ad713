import { describe, expect, it } from 'vitest';
import { startable } from './startable.ts';

const args = ['--model', 'a & calc.exe', '%PATH%', '"; rm'];
const node = 'C:\\node\\node.exe';
const env = { Path: 'relative;C:\\none;C:\\node' };
const shim = (call: string) => ({
  platform: 'win32' as const,
  read: () => `endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & ${call}`,
  exists: (path: string) => path === node,
});
const cmd = { file: 'C:\\npm\\cli.cmd', args };

describe('what is started for a program', () => {
  it('is the program itself everywhere but on Windows', () => {
    expect(startable({ file: '/usr/bin/x.cmd', args }, {}, { platform: 'linux' })).toEqual({
      file: '/usr/bin/x.cmd',
      args,
    });
  });

  it('is Node with the script behind a shim, its arguments untouched, and never a shell', () => {
    const found = startable(cmd, env, shim('"%_prog%" --x "%dp0%\\node_modules\\p\\cli.js" %*'));
    expect(found).toEqual({ file: node, args: ['--x', 'C:\\npm\\node_modules\\p\\cli.js', ...args] });
  });

  it('is the program behind a shim', () => {
    const found = startable(cmd, env, shim('"%dp0%\\node_modules\\p\\p.exe"   %*'));
    expect(found).toEqual({ file: 'C:\\npm\\node_modules\\p\\p.exe', args });
  });

  it('is Node for a script', () => {
    expect(startable({ file: 'C:\\p\\cli.mjs', args }, env, shim(''))).toEqual({
      file: node,
      args: ['C:\\p\\cli.mjs', ...args],
    });
  });

  it('is nothing where only a shell could do it', () => {
    expect(startable(cmd, env, shim('call other.bat %*'))).toBeNull();
    expect(startable({ file: 'C:\\p\\cli.js', args }, { Path: 'C:\\none' }, shim(''))).toBeNull();
  });
});
