import { expect, settle, test } from './fixtures.ts';
import { Looker } from './look.ts';

test('the looking finds what keys do not reach, what is too small, moves, vanishes with forced colours or does not fit when enlarged', async ({
  openPage,
}) => {
  const { page, open } = await openPage('wide');
  const looker = await Looker.of(page, 'wide');
  await open('shortcuts');
  await page.evaluate(() => {
    const box = document.createElement('dialog');
    box.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%; max-width: none; overflow: auto';
    const style = document.createElement('style');
    style.textContent = `
      .bad-ringless:focus-visible { outline: none } .bad-faint:focus-visible { outline: 2px solid #eee }
      .bad-moves { transition: translate 1s !important } .bad-dot { display: block; width: 9px; height: 9px; background: red }
      .bad-chosen[aria-checked=true] { background: #cde } .bad-fixed { height: 1.2rem; overflow: hidden; width: 9rem }`;
    box.append(style);
    box.insertAdjacentHTML(
      'beforeend',
      `<button class="bad-ringless">Ringless</button> <button class="bad-faint">Faint</button>
      <div><button style="width:12px;height:12px">s</button><button style="width:12px;height:12px">t</button></div>
      <p><button tabindex="-1">Unreachable</button></p>
      <p style="display:flex;flex-direction:row-reverse;justify-content:flex-end"><button>Second</button><button>First</button></p>
      <div style="position:relative"><button>Under</button><span style="position:absolute;inset:0;background:white"></span></div>
      <span class="bad-moves">moves</span><i class="bad-dot"></i>
      <div><button role="menuitemradio" class="bad-chosen" aria-checked="true">One</button><button role="menuitemradio" class="bad-chosen" aria-checked="false">Other</button></div>
      <div class="bad-fixed">In a box that holds one line, and when letters stand apart no more.</div>
      <div style="position:relative;height:3rem"><span style="position:absolute;left:0;top:0">Over</span><span style="position:absolute;left:20px;top:0;width:200px">another</span></div>
      <section style="overflow-x:auto"><p style="width:600px">Read this from end to end.</p></section>
      <button class="bad-trap">Trap</button><button>Behind</button>`,
    );
    document.body.append(box);
    box.querySelector('.bad-trap')!.addEventListener('keydown', (event) => event.preventDefault());
    box.showModal();
  });
  await settle(page);
  const faults = (await looker.faults()).map((fault) => fault.replace(/<(\w+)[^>]*>/g, '<$1>')).join('\n');
  for (const one of [
    'is 12x12, and near it is <button> Ringless: <button> s',
    'moves for 1 s (translate): <span> moves',
    'has the focus, and nothing shows that: <button> Ringless',
    'has the focus, and what shows that has a contrast of 1.',
    'Tab does not reach <button> Unreachable',
    'Tab goes back, from <button> Second to <button> First',
    'has the focus and is covered by <span> : <button> Under',
    'Tab does not leave <button> Trap',
    'Tab does not reach <button> Behind',
    'forced colours: is not seen: <i>',
    'forced colours: is chosen, and looks as the others: <button> One',
    'text further apart: cut off above or below, in <div>',
    'text further apart: text on text: <span> Over / <span> another',
    'enlarged four times: is scrolled sideways',
  ])
    expect(faults).toContain(one);
});
