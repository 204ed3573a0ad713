import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../main/protocol/values.ts';
import { isSame } from './actor-name.ts';

describe('who wrote a message', () => {
  const phone: Actor = { kind: 'device', id: 'dev_1', name: 'Pixel 9', via: 'sealed' };

  it('is this page itself when it is signed in with the same device, by whatever door', () => {
    expect(isSame(phone, { ...phone, via: 'websocket' })).toBe(true);
  });

  it('is somebody else when it is another device of that name, a key, or nobody is known yet', () => {
    expect(isSame(phone, { ...phone, id: 'dev_2' })).toBe(false);
    expect(isSame(phone, { ...phone, kind: 'api_key' })).toBe(false);
    expect(isSame(phone, null)).toBe(false);
  });
});
