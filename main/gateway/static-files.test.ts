import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from './gateway-test-support.ts';
import { StaticFiles, takesGzip } from './static-files.ts';

let world: TestGateway;
beforeAll(async () => {
  world = await startTestGateway();
  writeFileSync(join(world.rendererDir, '.env'), 'outside');
  writeFileSync(join(world.rendererDir, '.hidden.json'), 'outside');
  symlinkSync(join(world.folder, 'secret.json'), join(world.rendererDir, 'linked.json'));
  symlinkSync(world.folder, join(world.rendererDir, 'linked'));
});
afterAll(() => world.stop());

describe('the files of the page', () => {
  it('are served with their type; those with a hash in the name may be kept', async () => {
    await world.http('/');
    const script = await world.http('/assets/index-1a2b.js');
    expect(script.status).toBe(200);
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
    expect(script.text).toBe('export {};');
    expect((await world.http('/')).headers['cache-control']).toBe('no-store');
    expect((await world.http('/assets/index-1a2b.js?v=1')).status).toBe(200);
    expect(await world.http('/', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('are those of the newest build once the page is loaded again', async () => {
    mkdirSync(join(world.rendererDir, 'assets'), { recursive: true });
    writeFileSync(join(world.rendererDir, 'assets', 'index-3c4d.js'), 'export const newer = 1;');
    await world.http('/');
    expect((await world.http('/assets/index-3c4d.js')).status).toBe(200);
  });

  it('come packed to whoever takes that, so that a phone fetches a third; what gains nothing comes as it is', async () => {
    const code = `export const words = [${'"many words", '.repeat(2_000)}];`;
    writeFileSync(join(world.rendererDir, 'assets', 'words-5e6f.js'), code);
    writeFileSync(join(world.rendererDir, 'assets', 'picture-7a8b.png'), Buffer.alloc(5_000));
    const url = (name: string) => `http://127.0.0.1:${world.port}${name}`;
    const taking = (encoding: string) => ({ headers: { 'accept-encoding': encoding } });
    await fetch(url('/'));
    for (const time of ['first', 'second, with nothing read from the disk any more']) {
      const packed = await fetch(url('/assets/words-5e6f.js'), taking('gzip, deflate'));
      expect(packed.headers.get('content-encoding'), time).toBe('gzip');
      expect(packed.headers.get('vary')).toBe('accept-encoding');
      expect(Number(packed.headers.get('content-length'))).toBeLessThan(code.length / 10);
      expect(await packed.text()).toBe(code);
      rmSync(join(world.rendererDir, 'assets', 'words-5e6f.js'), { force: true });
    }
    writeFileSync(join(world.rendererDir, 'assets', 'words-5e6f.js'), code);
    const plain = await fetch(url('/assets/words-5e6f.js'), taking('identity'));
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toBe('accept-encoding');
    expect(await plain.text()).toBe(code);
    for (const name of ['/', '/assets/index-1a2b.js', '/assets/picture-7a8b.png']) {
      expect((await fetch(url(name), taking('gzip'))).headers.get('content-encoding'), name).toBeNull();
    }
  });

  it.each([
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['deflate, *', true],
    ['*;q=0.1', true],
    ['gzip;q=0', false],
    ['gzip;q=0, *', false],
    ['gzip;q=none', false],
    ['xgzip, br', false],
    ['', false],
    [undefined, false],
  ])('are packed for one who takes %s: %s', (accepted, packed) => {
    expect(takesGzip(accepted)).toBe(packed);
  });

  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/%2e%2e%2fsecret.json',
    '/..%5csecret.json',
    '/..\\secret.json',
    '/%252e%252e%252fsecret.json',
    '//secret.json',
    '/./secret.json',
    '/assets/./index-1a2b.js',
    '/assets//index-1a2b.js',
    '/index.html%00',
    '/index.html%00.js',
    '/secret.json%00.html',
    '/linked.json',
    '/linked/secret.json',
    '/.env',
    '/.hidden.json',
    '/assets/index-1a2b.js.map',
    '/assets',
    '/assets/',
    '/index.html/',
    '/INDEX.HTML',
    '/%ff',
    '/%',
    '/%c0%ae%c0%ae/secret.json',
    '/etc/passwd',
    '//etc/passwd',
    '/file:///etc/passwd',
    '/__proto__',
    '/constructor',
  ])('do not include %s', async (path) => {
    const answer = await world.http(path);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('outside');
    expect(answer.headers['content-type']).toContain('application/json');
  });

  it('are only those that stand in the folder, whatever an address says', async () => {
    const files = new StaticFiles(world.rendererDir);
    const inside = new Set(['export {};', 'export const newer = 1;', '<!doctype html><title>Quarterdeck</title>']);
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '%2e', '%2E%2e', '/', '%2f', '\\', '%5c', '%00', '\0', '%25', 'assets', 'index.html'),
      fc.constantFrom('secret.json', 'linked', 'linked.json', 'index-1a2b.js', '.env', '~', '%c0%ae', ':', 'C:'),
      fc.string({ maxLength: 4, unit: 'binary' }),
    );
    let served = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const file = await files.read(`/${pieces.join('')}`);
        if (file === null) return;
        served += 1;
        expect(inside).toContain(file.body.toString());
      }),
      { numRuns: 3_000 },
    );
    expect(served).toBeGreaterThan(0);
  });
});
