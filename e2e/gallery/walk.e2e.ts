import { scenes } from '../../renderer/gallery/scenes.ts';
import { expect, type Size, test } from './fixtures.ts';
import { quiet } from './quiet.ts';
import { smaller } from './thumb.ts';
import { gone, Walker } from './walk.ts';

/** The gallery has more different controls than this: a walk that meets few has not walked. */
const fewest = 500;

for (const size of ['wide', 'phone'] as const satisfies readonly Size[])
  test(`every control that is shown does something, has a name, says why when it is off, and leaves the focus somewhere (${size})`, async ({
    openPage,
  }, testInfo) => {
    // Some minutes by itself; beside everything else on two cores it may be a quarter of an hour.
    test.setTimeout(1_800_000);
    const { page, open } = await openPage(size);
    const walker = await Walker.of(page, open, size);
    for (const [name, scene] of Object.entries(scenes)) await walker.walk(name, scene);
    const { report } = walker;
    await testInfo.attach('walk.json', { body: JSON.stringify(report, null, 2), contentType: 'application/json' });
    expect(report.faults).toEqual([]);
    expect(report.pressed).toBeGreaterThan(fewest);
    expect(report.groups).toBeGreaterThan(size === 'wide' ? 10 : -1);
    // What may do nothing was met, and did nothing: no entry of the list is of the past.
    expect(report.quiet.toSorted()).toEqual(quiet.map(({ control }) => control).toSorted());
    if (size === 'phone') expect([...report.small].toSorted()).toEqual(smaller.map(({ what }) => what).toSorted());
    // A few are drawn as they come into sight, and come later on a slow machine than they are looked for.
    const left = report.skipped.filter(({ why }) => why === gone).map(({ control }) => control);
    expect(left.length, left.join('\n')).toBeLessThan(5);
  });

/** Puts a dialog over the page whose every button does what its name says. */
function plant(): void {
  const box = document.createElement('dialog');
  const make = (inner: string): HTMLElement => {
    const around = document.createElement('div');
    around.innerHTML = inner;
    return around;
  };
  box.append(
    make(`<style>button, a { display: inline-block; min-width: 48px; min-height: 48px }</style><button>Dead</button><button>Alive</button><button></button><button disabled>Off</button>
      <button disabled title="Only tomorrow.">Off with a reason</button><a href="https://example.org">Link</a>
      <p style="position:relative"><button>Covered</button><span style="position:absolute;inset:-4px"></span></p>
      <p style="position:relative"><button>Covered by what comes</button></p>
      <button style="min-width:30px;min-height:30px;width:30px;height:30px;padding:0;overflow:hidden">Small</button>
      <button>Unfolds</button><button>Menu</button>
      <div role="toolbar" aria-label="Stuck"><button>One</button><button tabindex="-1">Other</button></div><button>Loses</button>`),
  );
  document.body.append(box);
  box.showModal();
  const named = (name: string, within: ParentNode = box): HTMLElement =>
    [...within.querySelectorAll('button')].find((one) => one.textContent === name)!;
  const onPress = (name: string, run: (button: HTMLElement) => void, within?: ParentNode): void => {
    const button = named(name, within);
    button.addEventListener('click', () => run(button));
  };
  const stir = (): void => void box.toggleAttribute('data-pressed');
  for (const name of ['Alive', '', 'Small', 'Covered', 'Covered by what comes', 'One', 'Other']) onPress(name, stir);
  // Again and again: whatever keeps the focus is given nothing to keep.
  onPress('Loses', () => {
    stir();
    const blur = (): void => {
      (document.activeElement as HTMLElement | null)?.blur();
      requestAnimationFrame(blur);
    };
    blur();
  });
  // It is free until the pointer is there.
  named('Covered by what comes').addEventListener('pointerenter', ({ target }) =>
    (target as Element).after(make('<span style="position:absolute;inset:-4px"></span>').firstChild!),
  );
  onPress('Unfolds', (button) => button.after(make('<button>Dead, and there only then</button>')));
  onPress('Menu', () => {
    const menu = make('<button role="menuitem">Dialog</button>');
    menu.className = 'menu';
    box.append(menu);
    onPress(
      'Dialog',
      () => {
        menu.remove();
        const inner = document.createElement('dialog');
        inner.append(make('<button>Inner menu</button>'));
        box.append(inner);
        inner.showModal();
        onPress(
          'Inner menu',
          () => {
            const deep = make('<button role="menuitem">Dead item</button><button role="menuitem">Item</button>');
            deep.className = 'menu';
            inner.append(deep);
            onPress('Item', () => deep.remove(), deep);
          },
          inner,
        );
      },
      menu,
    );
  });
}

for (const size of ['wide', 'phone'] as const satisfies readonly Size[])
  test(`the walk finds what does nothing, is covered, has no name, does not say why it is off, is too small for a thumb, or loses the focus, however deep (${size})`, async ({
    openPage,
  }) => {
    const { page, open } = await openPage(size);
    const walker = await Walker.of(page, open, size);
    await walker.walkWith('shortcuts', () => page.evaluate(plant));
    const { faults, skipped, pressed } = walker.report;
    expect(faults.map((fault) => fault.replace(/<.*/, ''))).toEqual([
      size === 'wide'
        ? 'shortcuts: toolbar "Stuck": arrow keys do not reach "Other"'
        : 'shortcuts: is 30x30, too small for a thumb: ',
      'shortcuts: submit "Dead" does nothing',
      'shortcuts: submit "" has no name: ',
      'shortcuts: submit "Off" is off and does not say why',
      'shortcuts: submit "Covered" is covered by ',
      `shortcuts: submit "Covered by what comes" ${size === 'wide' ? 'is covered by ' : 'does nothing'}`,
      'shortcuts > Unfolds: submit "Dead, and there only then" does nothing',
      'shortcuts > Menu > Dialog > Inner menu: menuitem "Dead item" does nothing',
      'shortcuts: submit "Loses" loses the focus',
    ]);
    expect(skipped.map(({ why }) => why)).toEqual(['is off, and says why', 'is off, and says why']);
    expect(pressed).toBe(17);
  });
