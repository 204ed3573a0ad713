import { scenes } from '../../renderer/gallery/scenes.ts';
import { expect, test } from './fixtures.ts';
import { Walker } from './walk.ts';

const all = Object.entries(scenes);
const parts = 2;
/** Every part of the gallery has more different controls than this: a walk that meets few has not walked. */
const fewest = 250;

for (let part = 0; part < parts; part += 1)
  test(`every control that is shown does something, has a name, says why when it is off, and leaves the focus somewhere (part ${part + 1})`, async ({
    openPage,
  }, testInfo) => {
    test.setTimeout(400_000);
    const { page, open } = await openPage('wide');
    const walker = await Walker.of(page, open);
    for (const [name, scene] of all.filter((_, at) => at % parts === part)) await walker.walk(name, scene);
    const { report } = walker;
    await testInfo.attach('walk.json', { body: JSON.stringify(report, null, 2), contentType: 'application/json' });
    expect(report.faults).toEqual([]);
    expect(report.pressed).toBeGreaterThan(fewest);
    // Only what is off and says why, what is chosen already, and the few rows that a press before has taken away for good.
    const gone = report.skipped.filter(({ why }) => why.startsWith('was not there'));
    expect(gone.length).toBeLessThan(report.pressed / 20);
  });

test('the walk finds what does nothing, has no name, does not say why it is off, or loses the focus', async ({
  openPage,
}) => {
  const { page, open } = await openPage('wide');
  const walker = await Walker.of(page, open);
  await open('shortcuts');
  await page.evaluate(() => {
    const box = document.createElement('dialog');
    box.innerHTML = `<button>Dead</button><button>Alive</button><button></button><button disabled>Off</button>
      <button disabled title="Only tomorrow.">Off with a reason</button><a href="https://example.org">Link</a><button>Loses</button>`;
    document.body.append(box);
    box.showModal();
    const [, alive, nameless, , , loses] = box.querySelectorAll('button');
    for (const one of [alive!, nameless!]) one.addEventListener('click', () => box.toggleAttribute('data-pressed'));
    // Again and again: whatever keeps the focus is given nothing to keep.
    loses!.addEventListener('click', () => {
      box.setAttribute('data-lost', '');
      const blur = (): void => {
        (document.activeElement as HTMLElement | null)?.blur();
        requestAnimationFrame(blur);
      };
      blur();
    });
  });
  await walker.walkHere('here');
  const { faults, skipped, pressed } = walker.report;
  expect(faults.map((fault) => fault.replace(/<button.*/, ''))).toEqual([
    'here: submit "Dead" does nothing',
    'here: submit "" has no name: ',
    'here: submit "Off" is off and does not say why',
    'here: submit "Loses" loses the focus',
  ]);
  expect(skipped.map(({ why }) => why)).toEqual(['is off, and says why', 'is off, and says why']);
  expect(pressed).toBe(5);
});
