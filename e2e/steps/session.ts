import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import type { PermissionMode } from '../../main/protocol/values.ts';
import { testIds } from '../../renderer/test-ids.ts';
import { turnWith } from './conversation.ts';

export interface NewSession {
  folder: string;
  /** Id of the agent; `claude` where none is named. */
  provider?: string;
  mode?: PermissionMode;
  /** Sent right away. */
  message?: string;
}

/** Opens a new session with the form. @returns its id. */
export async function startSession(
  page: Page,
  { folder, provider = 'claude', mode, message }: NewSession,
): Promise<string> {
  await bringOutSidebar(page);
  await page.getByTestId(testIds.newSession).click();
  await page.getByTestId(testIds.folderInput).fill(folder);
  await page.getByTestId(testIds.providerOption(provider)).click();
  if (mode !== undefined) await page.getByTestId(testIds.modeOption(mode)).click();
  if (message !== undefined) await page.getByTestId(testIds.firstMessage).fill(message);
  await page.getByTestId(testIds.startSession).click();
  await expect(page.getByTestId(testIds.conversation)).toHaveAttribute('data-phase', 'live');
  const id = await openRow(page).getAttribute('data-session-id');
  if (id === null) throw new Error('The new session is not in the list.');
  return id;
}

/** Opens a new session with its first message. @returns the turn of it. */
export async function startWith(page: Page, message: string, session: NewSession): Promise<Locator> {
  await startSession(page, { ...session, message });
  return turnWith(page, message);
}

/** The session that is open, in the list. */
export const openRow = (page: Page): Locator =>
  page.getByTestId(testIds.sessionItem).and(page.locator('[aria-current="page"]'));

export const sessionRow = (page: Page, id: string): Locator => page.locator(`[data-session-id="${id}"]`);

/** Whether the page is one of a phone, where the session list is a sheet. */
export const isPhone = (page: Page): boolean => (page.viewportSize()?.width ?? 1280) <= 760;

/** Brings out the session list where it is a sheet; elsewhere it is there. */
export async function bringOutSidebar(page: Page): Promise<void> {
  if (!isPhone(page)) return;
  const app = page.locator('.app');
  await app.waitFor();
  if ((await app.getAttribute('data-sheet')) === 'closed') await page.getByTestId(testIds.openSidebar).click();
  await expect(app).toHaveAttribute('data-sheet', 'open');
}

/** Opens a session from the list. */
export async function openSession(page: Page, id: string): Promise<void> {
  await bringOutSidebar(page);
  await sessionRow(page, id).click();
  await expect(sessionRow(page, id)).toHaveAttribute('aria-current', 'page');
  await expect(page.getByTestId(testIds.conversation)).toHaveAttribute('data-phase', 'live');
}

/** Chooses how much the agent may do, in the composer. */
export async function chooseMode(page: Page, mode: PermissionMode): Promise<void> {
  await page.getByTestId(testIds.modePicker).click();
  await page.getByTestId(testIds.modeOption(mode)).click();
}
