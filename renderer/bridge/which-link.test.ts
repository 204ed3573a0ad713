import { describe, expect, it } from 'vitest';
import { needsSealedLink, rememberSealed } from './which-link.ts';

const at = (address: string): boolean => needsSealedLink(new URL(address));

describe('the link of a page', () => {
  it('is sealed over a network in clear, by a pairing link, and wherever it was paired before', () => {
    expect(at('http://192.168.1.20:8741/')).toBe(true);
    expect(at('http://desk.local:8741/#/settings/keys')).toBe(true);
    expect(at('http://127.0.0.1:8741/#pair=abc')).toBe(true);
    expect(at('https://desk.local:8741/#pair=abc')).toBe(true);
    rememberSealed(true);
    expect(at('http://127.0.0.1:8741/')).toBe(true);
    expect(at('http://127.0.0.1:8741/#open=abc')).toBe(false);
    rememberSealed(false);
  });

  it('is plain on this machine and over TLS', () => {
    for (const address of [
      'http://127.0.0.1:8741/',
      'http://localhost:8741/',
      'http://[::1]:8741/',
      'https://desk.local/',
    ])
      expect(at(address)).toBe(false);
  });

  it('is not taken for this machine by a name that only looks like it', () => {
    expect(at('http://127.0.0.1.example.com/')).toBe(true);
    expect(at('http://localhost.example.com/')).toBe(true);
  });
});
