import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { testIds } from '../../renderer/test-ids.ts';
import { findRuntime } from '../driver/electron-runtime.ts';
import { expect, test } from '../driver/fixtures.ts';
import { answerOf, expectEnded, send } from '../steps/conversation.ts';
import { startWith } from '../steps/session.ts';
import { noMounts, openMounts } from './mount-test-support.ts';
import { badAgent, expectProblem, expectWholeLog } from './window-test-support.ts';

/** What a person sees of a disk, a home or a database that cannot be used. */

const mounts = noMounts();

test('a disk that fills up in the middle of a turn stops it with a word about it; nothing is lost once there is room', async ({
  launch,
  home,
  folder,
  surfaceKind,
}) => {
  test.skip(mounts !== null, mounts ?? '');
  test.skip(
    surfaceKind === 'window' && findRuntime().which === 'electron',
    'Electron cannot be started on such a disk',
  );
  const disk = await openMounts('mount -t tmpfs -o size=48m,mode=700 tmpfs "$1"', home);
  try {
    const app = await launch({ env: badAgent, wrap: disk.wrap });
    const { page } = app;
    await expectEnded(await startWith(page, 'Before', { folder }), 'completed');
    const turn = await send(page, '[slow] please');
    await expect(answerOf(turn)).toContainText('word10 ');
    disk.run('sh', '-c', 'dd if=/dev/zero of="$1" bs=1k 2>/dev/null || true', 'sh', join(home, 'filler'));

    await expectProblem(page.getByTestId(testIds.problemBanner), /disk .* is full/);
    await page.getByTestId(testIds.composerInput).fill('Can you hear me?');
    await page.getByTestId(testIds.composerInput).press('Enter');
    const refused = page.getByTestId(testIds.outboxMessage);
    await expectProblem(refused, 'Free some space');
    await expect(refused).toContainText('Can you hear me?');

    rmSync(disk.outside(join(home, 'filler')));
    await expectEnded(turn, 'failed');
    await expectProblem(turn.getByTestId(testIds.errorCard), 'was full, so this turn was stopped');
    await expect(answerOf(turn)).toContainText('word10 ');
    // The refused words go back into the composer and are sent from there.
    await refused.getByRole('button').last().click();
    await expect(page.getByTestId(testIds.composerInput)).toHaveValue('Can you hear me?');
    await page.getByTestId(testIds.composerInput).press('Enter');
    await expect(page.getByTestId(testIds.turn)).toHaveCount(3);
    await expectEnded(page.getByTestId(testIds.turn).last(), 'completed');
    await expectWholeLog(page);
    await app.close();
  } finally {
    await disk.close();
  }
});

test('a damaged database is set aside, the backup is opened, and a banner says so', async ({
  launch,
  home,
  folder,
}) => {
  const first = await launch({ env: badAgent });
  await expectEnded(await startWith(first.page, 'In the backup', { folder }), 'completed');
  await first.close();
  const database = join(home, 'quarterdeck.db');
  const file = openSync(database, 'r+');
  writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
  closeSync(file);
  const damaged = readFileSync(database);

  const { page } = await launch({ env: badAgent });
  const banner = page.getByTestId(testIds.problemBanner);
  await expectProblem(banner, 'The database was damaged');
  await expect(banner).toContainText(/The backup of .* was opened/);
  const aside = readdirSync(home).filter((name) => /^quarterdeck\.db\.damaged-\d+$/.test(name));
  await expect(banner).toContainText(aside[0] ?? 'nothing was set aside');
  expect(readFileSync(join(home, aside[0]!)).equals(damaged)).toBe(true);

  await page.getByTestId(testIds.sessionItem).filter({ hasText: 'In the backup' }).click();
  await expect(page.getByTestId(testIds.userMessage)).toContainText('In the backup');
  await expectEnded(await send(page, 'Go on'), 'completed');
  await expectWholeLog(page);
});

test('a start that cannot keep anything says why and what to do: home is a file, read-only, port taken', async ({
  launchToEnd,
  folder,
  surfaceKind,
}) => {
  test.skip(surfaceKind === 'window' && findRuntime().which === 'electron', "Electron's dialog waits for a person");
  writeFileSync(join(folder, 'file'), 'precious');
  const file = await launchToEnd({ home: join(folder, 'file') });
  expect(file.code).toBe(1);
  expect(file.output).toContain('cannot be used as a folder');
  expect(file.output).toContain('--home');
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('precious');

  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const taken = await launchToEnd({ port });
  server.close();
  expect(taken.code).toBe(1);
  expect(taken.output).toContain(`Port ${port} on 127.0.0.1 is taken`);
  expect(taken.output).toContain(`--port ${port + 1}`);

  if (mounts !== null) return;
  const disk = await openMounts('mount -t tmpfs -o ro,size=64k tmpfs "$1"', folder);
  try {
    const readOnly = await launchToEnd({ home: folder, wrap: disk.wrap });
    expect(readOnly.code).toBe(1);
    expect(readOnly.output).toContain(`may not write in its folder ${folder}`);
    expect(readOnly.output).toContain('Make the folder writable');
    expect(readOnly.output).not.toMatch(/^\s+at /m);
  } finally {
    await disk.close();
  }
});
