import { expect, test } from './driver/fixtures.ts';

test('the app starts, its page hears from the core, and it ends cleanly', async ({ app }) => {
  await expect(app.page).toHaveTitle(/Quarterdeck/);
  await expect(app.page.getByRole('button', { name: 'New session' }).first()).toBeVisible();
  // The list of agents comes over the connection, from a look at this machine.
  await expect(app.page.getByText('Claude Code').first()).toBeVisible();
  expect((await app.close()).code).toBe(0);
});
