import type { Locator, Page } from 'playwright';
import { expect, type Size, test } from './fixtures.ts';
import { layerUses } from './layer-uses.ts';
import { Looker } from './look.ts';

/**
 * What opens it in a scene: test ids and accessible names that are pressed, one after the other, `id@last` for the last row of a
 * list, and `id=text` for what is written first.
 */
interface Way {
  readonly scene: string;
  readonly press?: readonly string[];
  /** Only a phone has it. */
  readonly size?: Size;
}

const tour = { scene: 'tour' };
/** Every dialog, menu and panel, by where the source uses it; a menu or panel is opened by its own button. */
const ways: Readonly<Record<string, Way>> = {
  'features/agents/custom-agents.tsx ConfirmDialog': { scene: 'agents', press: ['agent-delete'] },
  'features/attachments/attach-button.tsx Menu': { ...tour, size: 'phone' },
  'features/composer/agent-picker.tsx Menu': tour,
  'features/composer/context-meter.tsx Popover': tour,
  'features/composer/effort-picker.tsx Menu': tour,
  'features/composer/mode-picker.tsx Menu': tour,
  'features/composer/model-picker.tsx Menu': tour,
  'features/conversation/conversation-header.tsx Menu': tour,
  'features/conversation/message-menu.tsx ConfirmDialog': { ...tour, press: ['message-menu', 'message-fork'] },
  'features/conversation/message-menu.tsx Menu': tour,
  'features/conversation/session-rules.tsx Popover': { scene: 'status' },
  'features/data/backup-list.tsx ConfirmDialog': { scene: 'data', press: ['Delete the backup'] },
  'features/data/restore-dialog.tsx Dialog': { scene: 'data', press: ['Restore the backup'] },
  'features/data/retention.tsx ConfirmDialog': { scene: 'data', press: ['retention-now'] },
  'features/devices/device-dialog.tsx Dialog': { scene: 'devices', press: ['device-menu', 'device-change'] },
  'features/devices/device-row.tsx Menu': { scene: 'devices' },
  'features/devices/devices.tsx ConfirmDialog': { scene: 'devices', press: ['device-menu', 'device-revoke'] },
  'features/devices/devices.tsx ConfirmDialog 2': { scene: 'devices', press: ['device-menu@last', 'device-delete'] },
  'features/devices/pairing-dialog.tsx Dialog': {
    scene: 'devices',
    press: ['device-pair', 'device-name=Pixel', 'device-show-code'],
  },
  'features/gateway/connections.tsx ConfirmDialog': { scene: 'gateway-open', press: ['connection-close'] },
  'features/gateway/lan-switch.tsx Dialog': { scene: 'gateway', press: ['gateway-lan'] },
  'features/gateway/v1-switch.tsx ConfirmDialog': { scene: 'gateway-refusing', press: ['gateway-v1'] },
  'features/goals/goal-button.tsx Popover': tour,
  'features/goals/goal-strip.tsx ConfirmDialog': { scene: 'goal', press: ['goal-clear'] },
  'features/goals/goal-strip.tsx Popover': { scene: 'goal' },
  'features/link/access-ended.tsx ConfirmDialog': { scene: 'pairing-used', press: ['Forget this pairing'] },
  'features/link/leave-dialog.tsx Dialog': { ...tour, press: ['error rate'] },
  'features/palette/palette.tsx dialog': { ...tour, press: ['open-palette'] },
  'features/panel/side-panel.tsx dialog': { scene: 'panelusage', press: [], size: 'phone' },
  'features/providers/provider-actions.tsx ConfirmDialog': { scene: 'agents', press: ['provider-key-remove'] },
  'features/settings/api-keys.tsx ConfirmDialog': { scene: 'keys', press: ['key-menu', 'key-revoke'] },
  'features/settings/api-keys.tsx ConfirmDialog 2': { scene: 'keys', press: ['key-menu@last', 'key-delete'] },
  'features/settings/key-row.tsx Menu': { scene: 'keys' },
  'features/settings/new-key.tsx Dialog': { scene: 'keys', press: ['key-new', 'key-name=robot', 'key-create'] },
  'features/settings/rotate-dialog.tsx Dialog': { scene: 'keys', press: ['key-menu', 'key-rotate'] },
  'features/sidebar/session-row.tsx Menu': tour,
  'features/sign-in/password-settings.tsx ConfirmDialog': {
    scene: 'sign-in',
    press: ['password-current=something', 'Remove password'],
  },
  'features/sign-in/provider-settings.tsx ConfirmDialog': { scene: 'sign-in', press: ['Remove provider'] },
  'features/tools/output-dialog.tsx Dialog': { ...tour, press: ['output-open'] },
  'markdown/diagram.tsx Lightbox': { scene: 'diagrams', press: ['Open Diagram'] },
  'ui/picture-button.tsx Lightbox': { scene: 'attachments', press: ['message-image'] },
};

const overlays = 'dialog[open], .menu, .popover';

function found(page: Page, what: string): Locator {
  const name = new RegExp(what.replace(/[.*+?]/g, '.'), 'i');
  return page
    .getByTestId(what)
    .or(page.getByRole('button', { name }))
    .or(page.getByRole('link', { name }))
    .filter({ visible: true })
    .first();
}

async function openLayer(page: Page, use: string, { press }: Way): Promise<void> {
  if (!press) await page.locator(`[data-use="${use}"]`).first().click();
  for (const step of press ?? []) {
    const [what, text] = step.split('=') as [string, string?];
    if (what.endsWith('@last')) await page.getByTestId(what.replace('@last', '')).last().click();
    else if (text === undefined) await found(page, what).click();
    else await page.getByTestId(what).first().fill(text);
  }
  await expect(page.locator(`dialog[open][data-use="${use}"], [aria-expanded="true"][data-use="${use}"]`)).toHaveCount(
    1,
  );
}

test('every dialog, menu and panel of the app is known here', () => {
  expect(Object.keys(ways).sort()).toEqual(layerUses());
});

for (const size of ['wide', 'phone'] as const)
  test(`every dialog, menu and panel is opened, is without fault, and Esc closes it alone and gives the focus back (${size})`, async ({
    openPage,
  }) => {
    test.setTimeout(400_000);
    const { page, open } = await openPage(size);
    page.setDefaultTimeout(5_000);
    const looker = await Looker.of(page, size);
    const faults: string[] = [];
    for (const [use, way] of Object.entries(ways)) {
      if ((way.size ?? 'wide') !== size) continue;
      const fault = (what: string) => faults.push(`${use}: ${what}`);
      try {
        await open(way.scene);
        await openLayer(page, use, way);
        for (const one of await looker.layerFaults()) fault(one);
        // Left with Tab, a menu or a panel has closed; a diagram is drawn anew for another theme.
        if ((await page.locator(overlays).count()) === 0) await openLayer(page, use, way);
        const before = await page.locator(overlays).count();
        await page.keyboard.press('Escape');
        await expect(page.locator(overlays)).toHaveCount(before - 1);
        await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
      } catch (error) {
        fault(String(error).slice(0, 400));
      }
    }
    expect(faults).toEqual([]);
  });
