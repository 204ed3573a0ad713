import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { testIds } from '../renderer/test-ids.ts';
import { browserPath, chromiumFlags } from './host/chromium.ts';
import { startCapture, timesSaid } from './lan/capture.ts';
import { startDesk } from './lan/desk.ts';
import { networkMissing } from './lan/needs-network.ts';
import { createNetwork, type Network } from './lan/network.ts';
import { madePhoto, piecesOf } from './lan/photo.ts';
import { finalText, phoneScopes } from './lan/soak.ts';
import { answerOf, expectEnded, send, sendAndWait, turnWith } from './steps/conversation.ts';

/** A phone-sized Chromium on the other computer: driven by a pipe, because no port of it can be reached from here. */
async function phoneOf(network: Network): Promise<AsyncDisposable & { page: Page }> {
  const folder = mkdtempSync(join(tmpdir(), 'qd-phone-'));
  const started = join(folder, 'chromium');
  writeFileSync(started, `#!/bin/sh\nexec ${network.phone.join(' ')} ${browserPath()} "$@"\n`);
  chmodSync(started, 0o755);
  const browser = await chromium.launch({ executablePath: started, args: chromiumFlags });
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  });
  return {
    page,
    async [Symbol.asyncDispose]() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for the end of a turn over a link that has to come back first: how soon depends on how long it was silent, and on how busy the machine is. */
const expectAnswered = (page: Page, words: string) =>
  expect(turnWith(page, words)).toHaveAttribute('data-status', 'completed', { timeout: 60_000 });

test('a phone on another network pairs, chats, approves, sends a photo and loses nothing with its link', async () => {
  const missing = await networkMissing();
  test.skip(missing !== null, missing ?? '');
  test.setTimeout(180_000);
  await using network = await createNetwork();
  await using desk = await startDesk(network);
  const opened = await desk.client.ask({ type: 'new_chat', cwd: desk.folder('work'), provider: 'demo', mode: 'ask' });
  const { session_id } = opened.result as { session_id: string };
  desk.client.follow(session_id);

  await using phone = await phoneOf(network);
  const { page } = phone;
  await page.goto(await desk.pairingLink('Pixel', phoneScopes));
  await page.getByTestId(testIds.openSidebar).click();
  await page.getByTestId(testIds.sessionItem).click();
  await sendAndWait(page, 'who are you?');

  const asking = await send(page, 'write note.txt: rain on the roof');
  await page.getByTestId(testIds.approvalAllowOnce).click();
  await expectEnded(asking, 'completed');

  const photo = madePhoto();
  const capture = await startCapture(network);
  await page
    .getByTestId(testIds.attachInput)
    .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
  await expect(page.getByTestId(testIds.attachmentChip)).toHaveAttribute('data-state', 'ready');
  await sendAndWait(page, 'look at this photo');
  const heard = await capture.stop();
  // All of it went over the cable, and nothing of it can be read there.
  expect(heard.raw.length).toBeGreaterThan(photo.length);
  for (const [what, bytes] of piecesOf(photo)) expect(timesSaid(heard, bytes), what).toBe(0);
  expect(timesSaid(heard, 'look at this photo')).toBe(0);

  // The cable is pulled while the agent speaks.
  await send(page, 'count to 30');
  await network.cable(false);
  await wait(2_000);
  await network.cable(true);
  await expectAnswered(page, 'count to 30');

  // The gateway dies and comes back.
  await desk.killAndRestart();
  await send(page, 'are you back?');
  await expectAnswered(page, 'are you back?');

  // The address it was paired at goes away; another one of the link is still there.
  await network.address(1);
  await send(page, 'and from the other address?');
  // Nothing tells a connection that its address is gone: the page finds out by asking.
  await expectAnswered(page, 'and from the other address?');

  const events = desk.client.events(session_id);
  expect(desk.client.violations).toEqual([]);
  const said = finalText(events)
    .split('\n')
    .filter((line) => line.startsWith('user_message: '))
    .map((line) => line.slice('user_message: '.length));
  expect(said).toHaveLength(6);
  // The page draws what is near the place it shows: what it draws is the end of what was said, each once, in order.
  const drawn = await page.getByTestId(testIds.userMessage).allTextContents();
  expect(drawn.length).toBeGreaterThan(2);
  for (const [at, text] of said.slice(-drawn.length).entries()) expect(drawn[at]).toContain(text);
  // Letters only: the page draws headings and lists where the event has their signs.
  const lettersOf = (text: string) => text.replace(/[^A-Za-z0-9]/g, '');
  const last = events.findLast(({ type }) => type === 'text');
  const answer = await answerOf(turnWith(page, 'and from the other address?')).allTextContents();
  expect(lettersOf(answer.join(''))).toContain(lettersOf(String(last?.text)));
});
