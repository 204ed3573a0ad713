import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testIds } from '../../renderer/test-ids.ts';
import { holdAbove } from '../steps/drag.ts';
import { expect, test } from './fixtures.ts';

/** Dropped on a page in a browser, which is never told where anything stands; the app's window is in `window.e2e.ts`. */

test('a folder dropped in a browser is answered with what to do instead, and nothing that was written is lost', async ({
  openPage,
  folder,
}) => {
  const { page, open } = await openPage('wide');
  await open('tour');
  const dragged = join(folder, 'my app');
  await mkdir(dragged);
  await writeFile(join(folder, 'Makefile'), 'all:');
  await writeFile(join(folder, 'photo.png'), '');
  const composer = page.getByTestId(testIds.composerInput);
  const note = page.getByTestId(testIds.dropNote);
  const target = page.getByTestId(testIds.folderTarget);
  const problem = page.getByTestId(testIds.problemBanner);
  await composer.fill('Half a thought');

  await test.step('above the conversation it is said what happens to files, and to folders where one may be held', async () => {
    const picture = await holdAbove(composer, [join(folder, 'photo.png')]);
    await expect(note).toHaveText('Drop to attach');
    await picture.cancel();
    await expect(note).toHaveCount(0);
    const held = await holdAbove(composer, [dragged]);
    await expect(note).toContainText('or a folder to begin a session in it');
    await held.drop();
    await expect(note).toHaveCount(0);
  });
  const before = page.url();
  await expect(problem).toContainText('The folder “my app” was not opened');
  await expect(problem).toContainText('find the folder with Browse');
  await expect(page.getByTestId(testIds.attachmentChip)).toHaveCount(0);
  await expect(composer).toHaveValue('Half a thought');
  expect(page.url()).toBe(before);
  await problem.getByRole('button', { name: 'Dismiss' }).click();

  await test.step('where nothing takes files, it is said that only folders are', async () => {
    const search = page.getByTestId(testIds.sessionSearch);
    const picture = await holdAbove(search, [join(folder, 'photo.png')]);
    await expect(target).toHaveCount(0);
    await picture.drop();
    const held = await holdAbove(search, [join(folder, 'Makefile')]);
    await expect(target).toBeVisible();
    await held.drop();
    await expect(target).toHaveCount(0);
    await expect(problem).toContainText('Only a folder can be dropped here');
  });
});
