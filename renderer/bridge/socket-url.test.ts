import { describe, expect, it } from 'vitest';
import { socketUrl } from './socket-url.ts';

describe('the address of the sealed door', () => {
  it('is opened as the page was, unless it says how', () => {
    expect(socketUrl('10.0.0.2:8741', 'http:')).toBe('ws://10.0.0.2:8741/ws');
    expect(socketUrl('10.0.0.2:8741', 'https:')).toBe('wss://10.0.0.2:8741/ws');
    expect(socketUrl('[fd00::20]:8741', 'http:')).toBe('ws://[fd00::20]:8741/ws');
    expect(socketUrl('https://desk.local:8741/', 'http:')).toBe('wss://desk.local:8741/ws');
  });

  it.each(['javascript:alert(1)', 'a/b', 'user@host:1', '', 'host:1/path'])('is none where it says %j', (address) => {
    expect(socketUrl(address, 'http:')).toBeNull();
  });
});
