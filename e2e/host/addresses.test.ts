import { describe, expect, it } from 'vitest';
import { addScheme, fromChromium, toChromium } from './addresses.ts';

addScheme('app');

describe('addresses of the host', () => {
  it.each(['app://quarterdeck/', 'app://quarterdeck/assets/a.js?x=1#y', 'app://other/'])(
    'takes %s there and back',
    (url) => {
      expect(toChromium(url)).toMatch(/^http:\/\/[a-z]+\.app\.localhost\//);
      expect(fromChromium(toChromium(url))).toBe(url);
    },
  );

  it.each(['http://localhost:8741/', 'http://app.localhost/', 'https://quarterdeck.app.localhost/', 'about:blank'])(
    'leaves %s alone',
    (url) => {
      expect(toChromium(url)).toBe(url);
      expect(fromChromium(url)).toBe(url);
    },
  );
});
