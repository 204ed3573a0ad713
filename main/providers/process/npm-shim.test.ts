import { describe, expect, it } from 'vitest';
import { readNpmShim } from './npm-shim.ts';

const npm = (call: string) => `@ECHO off\r
GOTO start\r
:find_dp0\r
SET dp0=%~dp0\r
EXIT /b\r
:start\r
SETLOCAL\r
CALL :find_dp0\r
\r
IF EXIST "%dp0%\\node.exe" (\r
  SET "_prog=%dp0%\\node.exe"\r
) ELSE (\r
  SET "_prog=node"\r
  SET PATHEXT=%PATHEXT:;.JS;=;%\r
)\r
\r
endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & ${call}\r
`;
const at = 'C:\\Users\\ada\\AppData\\Roaming\\npm\\cli.cmd';

describe('what a shim of npm starts', () => {
  it('is the script of the package', () => {
    const text = npm('"%_prog%"  "%dp0%\\node_modules\\@google\\gemini-cli\\bundle\\gemini.js" %*');
    expect(readNpmShim(text, at)).toEqual({
      target: 'C:\\Users\\ada\\AppData\\Roaming\\npm\\node_modules\\@google\\gemini-cli\\bundle\\gemini.js',
      nodeOptions: [],
    });
  });

  it('is the program of the package, where it brings one', () => {
    const text = npm('"%dp0%\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe"   %*');
    expect(readNpmShim(text, at)?.target).toBe(
      'C:\\Users\\ada\\AppData\\Roaming\\npm\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe',
    );
  });

  it('lies above the shim in a local installation', () => {
    const text = npm('"%_prog%" --no-warnings=DEP0040 --title=x "%dp0%\\..\\@openai\\codex\\bin\\codex.js" %*');
    expect(readNpmShim(text, 'D:\\q\\clis\\codex\\node_modules\\.bin\\codex.cmd')).toEqual({
      target: 'D:\\q\\clis\\codex\\node_modules\\@openai\\codex\\bin\\codex.js',
      nodeOptions: ['--no-warnings=DEP0040', '--title=x'],
    });
  });

  it('is found in what pnpm and older versions of npm write', () => {
    const text = `@SETLOCAL\r
@IF EXIST "%~dp0\\node.exe" (\r
  "%~dp0\\node.exe"  "%~dp0\\..\\global\\5\\node_modules\\x\\cli.mjs" %*\r
) ELSE (\r
  node  "%~dp0\\..\\global\\5\\node_modules\\x\\cli.mjs" %*\r
)\r
`;
    expect(readNpmShim(text, 'C:\\pnpm\\bin\\x.cmd')?.target).toBe('C:\\pnpm\\global\\5\\node_modules\\x\\cli.mjs');
  });

  it.each([
    ['another script', '@echo off\r\ncall setup.bat %*\r\n'],
    ['one that runs a script of a variable', '@"%FOO%\\cli.js" %*'],
    ['nothing', ''],
  ])('is nothing for %s', (_what, text) => {
    expect(readNpmShim(text, at)).toBeNull();
  });
});
