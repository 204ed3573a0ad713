import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveRendererFile, serveRenderer } from './renderer-files.ts';

const root = resolve('/srv/quarterdeck/renderer');

describe('resolveRendererFile', () => {
  it('serves the page for the bare address', () => {
    expect(resolveRendererFile(root, 'app://quarterdeck/')).toBe(join(root, 'index.html'));
    expect(resolveRendererFile(root, 'app://quarterdeck/?theme=dark#session')).toBe(join(root, 'index.html'));
  });

  it('serves files below the folder, with percent-encoded names decoded once', () => {
    expect(resolveRendererFile(root, 'app://quarterdeck/assets/index-1.js')).toBe(join(root, 'assets', 'index-1.js'));
    expect(resolveRendererFile(root, 'app://quarterdeck/a%20b.css')).toBe(join(root, 'a b.css'));
    expect(resolveRendererFile(root, 'app://quarterdeck/%2541.css')).toBe(join(root, '%41.css'));
  });

  it('stays in the folder where the address parser has already folded the dots', () => {
    expect(resolveRendererFile(root, 'app://quarterdeck/assets/%2e%2e/%2e%2e/x.js')).toBe(join(root, 'x.js'));
  });

  it.each([
    'app://quarterdeck/%2e%2e%2fsecret.json',
    'app://quarterdeck/..%2f..%2fsecret.json',
    'app://quarterdeck/..%5c..%5csecret.json',
    'app://quarterdeck//etc/hosts.json',
    'app://quarterdeck/%2fetc%2fhosts.json',
    'app://quarterdeck/C:%5csecret.json',
    'app://quarterdeck/c:/secret.json',
    'app://quarterdeck/index.html%00.js',
    'app://quarterdeck/index.html::$DATA',
    'app://quarterdeck/%ff.js',
    'app://quarterdeck/assets/',
    'app://quarterdeck/.env',
    'app://quarterdeck/index.js.map',
  ])('refuses %s', (url) => {
    expect(resolveRendererFile(root, url)).toBeNull();
  });

  it.each([
    'app://quarterdeck.evil/index.html',
    'app://user@quarterdeck/index.html',
    'app://other/index.html',
    'file:///etc/hosts.json',
    'https://quarterdeck/index.html',
    'not an address',
  ])('refuses another origin: %s', (url) => {
    expect(resolveRendererFile(root, url)).toBeNull();
  });

  it('never leaves the folder, whatever the address says', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '%2E.',
        '%2f',
        '%5c',
        '/',
        '\\',
        '%00',
        ':',
        '%25',
        'assets',
        'index.html',
        '.js',
        '~',
        '%c0%ae',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = resolveRendererFile(root, `app://quarterdeck/${pieces.join('')}`);
        expect(file === null || file.startsWith(root + sep)).toBe(true);
        expect(file === null || resolve(file) === file).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('serveRenderer', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'quarterdeck-renderer-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Quarterdeck</title>');
    writeFileSync(join(folder, 'app.js'), 'export {};');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const get = (url: string, method = 'GET') => serveRenderer(folder, new Request(url, { method }));

  it('sends the file with its type, a content policy without inline or foreign code, and nosniff', async () => {
    const answer = await get('app://quarterdeck/app.js');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
    expect(await answer.text()).toBe('export {};');
  });

  it('answers a missing file with 404 under the same policy', async () => {
    const answer = await get('app://quarterdeck/gone.js');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('answers a method other than GET and HEAD with 405', async () => {
    expect((await get('app://quarterdeck/', 'POST')).status).toBe(405);
    expect(await (await get('app://quarterdeck/', 'HEAD')).text()).toBe('');
  });
});
