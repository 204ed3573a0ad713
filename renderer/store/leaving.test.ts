import { describe, expect, it } from 'vitest';
import { hostSaid, leave, leavingStore, trustHost, whereTo } from './leaving.ts';

describe('where a link leads', () => {
  it('is told as it goes over the wire, so that look-alikes are seen', () => {
    expect(whereTo('https://аpple.com/x')?.host).toBe('xn--pple-43d.com');
    expect(whereTo('https://EXAMPLE.com')?.host).toBe('example.com');
    expect(whereTo('http://example.com:8080/a')).toMatchObject({ host: 'example.com:8080', secure: false });
    expect(whereTo('https://github.com@evil.example/')).toMatchObject({ host: 'evil.example', secure: false });
    expect(whereTo('mailto:ada@example.org?subject=x')).toMatchObject({ mail: true, shown: 'ada@example.org' });
    expect(whereTo('https://')).toBeNull();
  });

  it('is compared with what the link says', () => {
    expect(hostSaid('github.com/a/b')).toBe('github.com');
    expect(hostSaid('https://www.github.com')).toBe('github.com');
    expect(hostSaid('the docs')).toBeNull();
    expect(hostSaid('see x. And y')).toBeNull();
  });

  it('is asked about, until the host was said to need no question; never over plain HTTP', () => {
    const opened: string[] = [];
    const bridge = { openExternal: (url: string) => opened.push(url) };
    const asked = () => {
      const { leaving } = leavingStore.getState();
      leavingStore.setState({ leaving: null });
      return leaving?.url ?? null;
    };
    leave(bridge, { url: 'https://example.com/a', text: '' });
    expect(asked()).toBe('https://example.com/a');
    trustHost('example.com');
    leave(bridge, { url: 'https://example.com/b', text: '' });
    expect(asked()).toBeNull();
    for (const url of ['http://example.com/c', 'https://example.com@evil.example/', 'mailto:a@b.example']) {
      leave(bridge, { url, text: '' });
      expect(asked()).toBe(url);
    }
    expect(opened).toEqual(['https://example.com/b']);
  });
});
