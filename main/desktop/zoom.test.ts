import { expect, it } from 'vitest';
import { createZoom } from './zoom.ts';

function page() {
  const set: number[] = [];
  return { set, setZoomFactor: (factor: number) => void set.push(factor) };
}

it('goes by steps in every window alike, tells each change once, and ends at the last step', () => {
  const [one, two] = [page(), page()];
  const told: number[] = [];
  const zoom = createZoom(
    1,
    () => [one, two],
    (factor) => told.push(factor),
  );
  zoom.step(1);
  zoom.step(1);
  zoom.step(-1);
  expect(one.set).toEqual([1.1, 1.25, 1.1]);
  expect(two.set).toEqual(one.set);
  zoom.set(3);
  zoom.step(1);
  zoom.set(3);
  expect(told).toEqual([1.1, 1.25, 1.1, 3]);
  const late = page();
  zoom.apply(late);
  expect(late.set).toEqual([3]);
});

it('takes the nearest step for a size that is none', () => {
  expect(
    createZoom(
      1.2,
      () => [],
      () => {},
    ).now(),
  ).toBe(1.25);
  expect(
    createZoom(
      99,
      () => [],
      () => {},
    ).now(),
  ).toBe(3);
});
