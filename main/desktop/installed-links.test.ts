import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkScheme } from './links.ts';

/** What the packages tell the system, read as electron-builder reads it; what it makes of that for Linux is made by its own code. */
const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config');
const { LinuxTargetHelper } = require('app-builder-lib/out/targets/LinuxTargetHelper');
const { DebugLogger } = require('builder-util');
const metadata = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { productName: string };
const config = await getConfig(root, 'electron-builder.yml', null);
const schemes = config.protocols.flatMap((protocol: { schemes: string[] }) => protocol.schemes);

describe('an installed copy', () => {
  it('has the links of the app, and no others, and what else it is told can be understood', async () => {
    expect(schemes).toEqual([linkScheme]);
    await validateConfiguration(config, new DebugLogger(false));
  });

  it('is on Linux the program for them, takes folders as links, and its windows belong to it', async () => {
    const { linux } = config;
    const helper = new LinuxTargetHelper({
      ...{ config, platformSpecificBuildOptions: linux, executableName: linux.executableName, fileAssociations: [] },
      appInfo: { productName: metadata.productName, sanitizedProductName: metadata.productName, description: '' },
      info: { metadata },
    });
    const entry = (await helper.computeDesktopEntry(linux)).split('\n');
    expect(entry).toContain(`MimeType=x-scheme-handler/${linkScheme};`);
    expect(entry).toContain('Exec=/opt/Quarterdeck/quarterdeck %U');
    expect(entry).toContain('StartupWMClass=quarterdeck');
    expect(helper.getDesktopFileName()).toBe('quarterdeck');
  });

  it('is on Windows the program for them from its installation on, and until it goes', () => {
    const script = readFileSync(join(root, config.nsis.include), 'utf8');
    for (const scheme of schemes) expect(script).toContain(`!define LINKS "Software\\Classes\\${scheme}"`);
    const [, install = '', forget = '', uninstall = ''] = script.split(/^!macro /m);
    expect(install).toMatch(/^customInstall/);
    // Without this value Windows takes the key for a kind of file; without the quotes a link with a space would be two arguments.
    expect(install).toContain(`WriteRegStr SHELL_CONTEXT "\${LINKS}" "URL Protocol" ""`);
    expect(install).toContain(`"\${LINKS}\\shell\\open\\command" "" '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" "%1"'`);
    expect(forget).toMatch(/\$\{if\} \$R0 == \$R1\s+DeleteRegKey/);
    expect(uninstall).toMatch(
      /^customUnInstall\s[\s\S]*\$\{ifNot\} \$\{isUpdated\}[\s\S]*SHELL_CONTEXT[\s\S]*HKEY_CURRENT_USER/,
    );
  });
});
