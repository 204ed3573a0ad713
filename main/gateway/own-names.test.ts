import { describe, expect, it } from 'vitest';
import { admit } from './admission.ts';
import { linkOf } from './link.ts';
import { OwnNames } from './own-names.ts';

const names = new OwnNames({
  doors: [
    { host: '127.0.0.1', port: 8741, tls: false },
    { host: '10.77.0.1', port: 8741, tls: false },
    { host: '[fd00:77::1]', port: 8741, tls: false },
    { host: '10.78.0.1', port: 8741, tls: true },
    { host: 'desk.local', port: 8741, tls: false },
  ],
  extraHosts: ['Box.example.org', 'proxy.example.org:4443'],
  formerOrigins: ['http://10.70.0.1:8741'],
});
const lan = linkOf('lan', false, '10.77.0.2');
const tls = linkOf('lan', true, '10.78.0.2');
const here = linkOf('loopback', false, '127.0.0.1');
const unix = linkOf('unix', false, 'local socket');

describe('the names of this gateway', () => {
  it.each([
    '127.0.0.1:8741',
    'localhost:8741',
    '[::1]:8741',
    '10.77.0.1:8741',
    '[fd00:77::1]:8741',
    'desk.local:8741',
    'box.example.org',
    'box.example.org:8741',
    'proxy.example.org:4443',
  ])('hold %s', (host) => {
    expect(admit({ host }, '/api/v1/health', lan, names).ok).toBe(true);
  });

  it.each([
    '10.77.0.1',
    '10.77.0.1:80',
    '10.77.0.3:8741',
    '10.70.0.1:8741',
    'fd00:77::1:8741',
    'desk.local',
    'evil.local:8741',
    'box.example.org:1',
    'proxy.example.org',
    'box.example.org.evil.com',
    '10.77.0.1.evil.com:8741',
    'localhost',
    '',
  ])('do not hold "%s" (DNS rebinding)', (host) => {
    expect(admit({ host }, '/', lan, names)).toMatchObject({ ok: false, problem: { code: 'origin_refused' } });
  });

  it('are no question on a Unix socket, which no browser opens', () => {
    expect(admit({ host: 'localhost' }, '/', unix, names).ok).toBe(true);
    expect(admit({ host: 'evil.com' }, '/', unix, names).ok).toBe(false);
  });

  it('change with the addresses it listens on', () => {
    const moving = new OwnNames();
    expect(admit({ host: '10.77.0.1:8741' }, '/', lan, moving).ok).toBe(false);
    moving.set({ doors: [{ host: '10.77.0.1', port: 8741, tls: false }], extraHosts: [], formerOrigins: [] });
    expect(admit({ host: '10.77.0.1:8741' }, '/', lan, moving).ok).toBe(true);
  });
});

describe('a page', () => {
  const from = (origin: string, path: string, link = lan, host = '10.77.0.1:8741') =>
    admit({ host, origin }, path, link, names);

  it('is ours where it names the address it calls, with the scheme of that link', () => {
    expect(from('http://10.77.0.1:8741', '/api/v1/health')).toMatchObject({ ok: true, sameOrigin: true });
    expect(from('https://10.77.0.1:8741', '/api/v1/health').ok).toBe(false);
    const secure = '10.78.0.1:8741';
    expect(from(`https://${secure}`, '/', tls, secure)).toMatchObject({ ok: true, sameOrigin: true });
    expect(from(`http://${secure}`, '/', tls, secure).ok).toBe(false);
  });

  it('may come through a proxy that speaks TLS to the outside', () => {
    expect(from('https://proxy.example.org:4443', '/', here, 'proxy.example.org:4443')).toMatchObject({
      ok: true,
      sameOrigin: true,
    });
  });

  it.each(['http://127.0.0.1:8741', 'https://10.78.0.1:8741', 'http://desk.local:8741', 'http://10.70.0.1:8741'])(
    'that was loaded at %s, another or former address, gets to the sealed door and nowhere else',
    (origin) => {
      expect(from(origin, '/ws')).toMatchObject({ ok: true, sameOrigin: false });
      for (const path of ['/', '/api/v1/ws', '/api/v1/health', '/ws/', '/wsx']) {
        expect(from(origin, path).ok, path).toBe(false);
      }
    },
  );

  it.each(['http://evil.com', 'null', 'http://10.70.0.1', 'http://10.77.0.1', 'https://desk.local:8741'])(
    'of %s gets nowhere, not even to the sealed door',
    (origin) => {
      for (const path of ['/', '/ws', '/api/v1/ws']) expect(from(origin, path).ok, path).toBe(false);
    },
  );

  it('may open sockets at every address of the gateway; over the network also at those to come', () => {
    const own = names.socketSources(here);
    expect(own).toContain('ws://10.77.0.1:8741');
    expect(own).toContain('wss://10.78.0.1:8741');
    expect(own.some((source) => source.includes('*'))).toBe(false);
    expect(own.some((source) => source.includes('['))).toBe(false);
    expect(names.socketSources(lan)).toContain('ws://*:8741');
  });
});
