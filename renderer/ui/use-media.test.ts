import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { phoneQuery } from './use-media.ts';

const styles = join(import.meta.dirname, '../styles');

it('is in the styles what it is in the code: a phone, upright and on its side', () => {
  const conditions = readdirSync(styles).flatMap((file) =>
    [...readFileSync(join(styles, file), 'utf8').matchAll(/@media ([^{]+) \{/g)].map(([, condition = '']) => condition),
  );
  const ofPhones = conditions.filter((one) => /^\(max-width: 760px\)(?:,|$)/.test(one));
  expect(ofPhones.length).toBeGreaterThan(5);
  expect(new Set(ofPhones)).toEqual(new Set([phoneQuery]));
});
