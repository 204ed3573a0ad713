import { createRequire } from 'node:module';
import { join } from 'node:path';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from './driver/fixtures.ts';
import { launchOnHost } from './driver/host-desktop.ts';
import { packageApp } from './driver/package-app.ts';

/** The packaged app, without a package's own binary: built with a stand-in for Electron's, which is enough for everything but running it. */
test.skip(process.platform !== 'linux', 'the stand-in is one for Linux');
test.describe.configure({ timeout: 120_000 });

const arch = process.arch === 'arm64' ? 'arm64' : 'x64';

/** What the bundles do not hold: the native ones, and what finds the binary of sodium-native. */
const packages = [
  ...['better-sqlite3', 'sodium-native', 'require-addon', 'which-runtime'],
  ...['bare-addon-resolve', 'bare-module-resolve', 'bare-semver'],
];

test('the archive holds the bundles and two native modules, runs by itself, and its binary has the fuses set', async ({
  folder,
  home,
  marker,
}) => {
  const { binary, archive } = await packageApp(folder, arch);

  await test.step('nothing of the workshop is in the archive', async () => {
    const files = listPackage(archive, { isPack: false }).map((path) => path.slice(1));
    expect(files).toEqual(
      expect.arrayContaining([
        ...['package.json', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
        ...['resources/trayTemplate.png', 'resources/trayTemplate@2x.png', 'resources/tray-16-waiting.png'],
      ]),
    );
    const strangers = files.filter(
      (path) =>
        !/^(package\.json|out(\/(main|preload|renderer)(\/.*)?)?|resources(\/tray[\w@-]*\.png)?|node_modules)$/.test(
          path,
        ) && !packages.some((name) => path === `node_modules/${name}` || path.startsWith(`node_modules/${name}/`)),
    );
    expect(strangers).toEqual([]);
    expect(files.filter((path) => /\.(ts|tsx|map|test\.js|md|cpp|c|h)$/.test(path))).toEqual([]);
  });

  await test.step('each native module is there once, for this system alone, outside the archive', async () => {
    const native = listPackage(archive, { isPack: false }).filter((path) => path.endsWith('.node'));
    expect(native.toSorted()).toEqual([
      `/node_modules/better-sqlite3/prebuilds/linux-${arch}.node`,
      `/node_modules/sodium-native/prebuilds/linux-${arch}/sodium-native.node`,
    ]);
    for (const file of native) expect(statFile(archive, file.slice(1))).toMatchObject({ unpacked: true });
  });

  await test.step('the fuses are set', async () => {
    const fuses = await getCurrentFuseWire(binary);
    const on = (option: FuseV1Options) => String.fromCharCode(fuses[option] ?? 0) === '1';
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
      fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      asarIntegrity: true,
      onlyAsar: true,
      fileProtocol: false,
    });
  });

  await test.step('what is in the archive is all the app needs to run', async () => {
    const extracted = join(folder, 'extracted');
    extractAll(archive, extracted);
    const sodium = createRequire(join(extracted, 'out/main/index.js'))('sodium-native') as Record<string, unknown>;
    expect(sodium.crypto_secretbox_easy).toBeInstanceOf(Function);
    const app = await launchOnHost({ home, app: extracted, env: { [marker.name]: marker.value } });
    await expect(app.page).toHaveTitle(/Quarterdeck/);
    expect((await app.close()).code).toBe(0);
  });
});
