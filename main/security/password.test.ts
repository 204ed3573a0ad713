import { afterAll, describe, expect, it } from 'vitest';
import { createPasswordHasher, passwordCost } from './password.ts';

const hasher = createPasswordHasher();
afterAll(() => hasher.close());

describe('a password', () => {
  it('is hashed with argon2id at the cost that is named, with a salt of its own', async () => {
    const [one, two] = [await hasher.hash('correct horse'), await hasher.hash('correct horse')];
    expect(one).toMatch(
      new RegExp(`^\\$argon2id\\$v=19\\$m=${passwordCost.memoryKib},t=${passwordCost.iterations},p=1\\$`),
    );
    expect(two).not.toBe(one);
    expect(await hasher.matches('correct horse', one)).toBe(true);
    expect(await hasher.matches('correct horsf', one)).toBe(false);
  });

  it('is checked against the hash of another implementation (vector of RFC 9106’s reference code)', async () => {
    const known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await hasher.matches('password', known)).toBe(true);
    expect(await hasher.matches('Password', known)).toBe(false);
  });

  it('matches nothing where none is set, after the same work', async () => {
    const stored = (await hasher.hash('correct horse')) as string;
    await hasher.matches('x', null);
    const timed = async (hash: string | null) => {
      const began = performance.now();
      expect(await hasher.matches('x', hash)).toBe(false);
      return performance.now() - began;
    };
    const rounds = 5;
    const [set, unset] = [[] as number[], [] as number[]];
    for (let n = 0; n < rounds; n += 1) {
      set.push(await timed(stored));
      unset.push(await timed(null));
    }
    // Not a fine comparison: no work at all would be hundreds of times quicker.
    expect(Math.min(...unset)).toBeGreaterThan(Math.min(...set) / 3);
  });

  it('is the same in both ways to write an accent', async () => {
    const hash = (await hasher.hash('caf\u00e9 au lait')) as string;
    expect(await hasher.matches('cafe\u0301 au lait', hash)).toBe(true);
  });

  it('waits for its turn, and is told to come back when too many do', async () => {
    const quick = createPasswordHasher({ memoryKib: 8, iterations: 1 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => quick.hash('correct horse')));
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(24);
    expect(await quick.hash('correct horse')).toMatch(/^\$argon2id/);
    await quick.close();
  });

  it('does not hold up the app while it is hashed', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await hasher.hash('correct horse');
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});
