import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnPage, isReload } from './app-scheme.ts';
import { externalLink } from './external-link.ts';

describe('externalLink', () => {
  it.each(['https://example.org/a?b#c', 'http://127.0.0.1:8741/#open=x', 'mailto:someone@example.org'])(
    'lets %s out',
    (url) => {
      expect(externalLink(url)).toBe(url);
    },
  );

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'smb://host/share',
    'ms-msdt:/id',
    'vscode://file/x',
    'app://quarterdeck/',
    ' ',
    'example.org',
    'JaVaScRiPt:alert(1)',
    '\u0001javascript:alert(1)',
    `https://example.org/${'a'.repeat(9_000)}`,
    undefined,
    { href: 'https://example.org' },
  ])('refuses %j', (url) => {
    expect(externalLink(url)).toBeNull();
  });

  it('lets nothing out that is not web or mail', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.tuple(fc.string(), fc.string()).map(([a, b]) => `${a}:${b}`),
        ),
        (url) => {
          const link = externalLink(url);
          expect(link === null || /^(https?|mailto):/.test(link)).toBe(true);
        },
      ),
    );
  });
});

describe('isOwnPage', () => {
  it('knows the page, its reload and nothing else', () => {
    expect(isOwnPage('app://quarterdeck/assets/x.js')).toBe(true);
    expect(isReload('app://quarterdeck/#/sessions')).toBe(true);
    expect(isReload('app://quarterdeck/index.html')).toBe(true);
    expect(isReload('app://quarterdeck/assets/x.js')).toBe(false);
    for (const url of [
      'app://quarterdeck.evil/',
      'app://evil/quarterdeck/',
      'app://quarterdeck:80/',
      'app:quarterdeck',
      'https://quarterdeck/',
      '',
    ]) {
      expect(isOwnPage(url), url).toBe(false);
    }
  });
});
