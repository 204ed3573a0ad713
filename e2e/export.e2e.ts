import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testIds } from '../renderer/test-ids.ts';
import { appDir, nodePath } from './driver/built-app.ts';
import { expect } from './driver/fixtures.ts';
import { sendAndWait } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { startSession } from './steps/session.ts';

const execute = promisify(execFile);

test('a session is taken elsewhere as a document, and as a file whose hashes anybody can verify', async ({
  app: { page, home, ...app },
  folder,
}) => {
  const cli = (...args: string[]) =>
    execute(nodePath, [join(appDir, 'out/main/cli.js'), ...args, '--home', home]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    );
  const id = await startSession(page, { folder, provider: 'demo' });
  writeFileSync(join(folder, 'log.md'), 'Wind from the west.\n');
  await sendAndWait(page, 'read log.md');

  const saved = async (format: string): Promise<string> => {
    await page.getByRole('button', { name: 'Session actions' }).click();
    const download = page.waitForEvent('download');
    await page.getByTestId(testIds.exportSession(format)).click();
    const path = join(folder, `saved.${format}`);
    const done = await download;
    expect(done.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
    await done.saveAs(path);
    return path;
  };
  const markdown = readFileSync(await saved('md'), 'utf8');
  expect(markdown).toContain('## You');
  expect(markdown).toContain('Wind from the west.');
  expect(readFileSync(await saved('html'), 'utf8')).toContain('Wind from the west.');

  const json = await saved('json');
  expect(await cli('verify', '--file', json)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('every hash fits'),
  });
  const altered = join(folder, 'altered.json');
  writeFileSync(altered, readFileSync(json, 'utf8').replace('from the west', 'from the east'));
  expect(await cli('verify', '--file', altered)).toMatchObject({ code: 1, stdout: expect.stringContaining('BROKEN') });

  // The command line and the address give the same.
  const own = join(folder, 'own.json');
  expect(await cli('export', id, '--out', own)).toMatchObject({ code: 0 });
  const events = (path: string) => (JSON.parse(readFileSync(path, 'utf8')) as { events: unknown }).events;
  expect(events(own)).toEqual(events(json));
  expect((await cli('export', id)).stdout).toContain('Wind from the west.');
  expect((await cli('export', id, '--out', join(folder, 'no/such/folder.md'))).code).toBe(5);
  if ('url' in app) {
    const fetched = await page.evaluate(
      async (path) => (await (await fetch(path)).json()) as { events: unknown },
      `/api/v1/sessions/${id}/export?format=json`,
    );
    expect(fetched.events).toEqual(events(json));
  }
});
