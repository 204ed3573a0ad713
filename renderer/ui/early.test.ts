import { expect, it } from 'vitest';
import { early } from './early.tsx';

const Part = () => null;

it('asks once for a part of the page, however often it is wanted', async () => {
  let asked = 0;
  const part = early(async () => {
    asked += 1;
    return Part;
  }, Part);
  await Promise.all([part.fetch(), part.fetch()]);
  await part.fetch();
  expect(asked).toBe(1);
});

it('asks again for a part of the page that could not be fetched', async () => {
  let asked = 0;
  const part = early(async () => {
    asked += 1;
    if (asked === 1) throw new Error('the link is gone');
    return Part;
  }, Part);
  await expect(part.fetch()).rejects.toThrow('the link is gone');
  await part.fetch();
  expect(asked).toBe(2);
});
