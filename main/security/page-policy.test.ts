import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headersOfFile, pageHeaders } from './page-policy.ts';

const policyOf = (headers: Readonly<Record<string, string>>) => headers['content-security-policy'] ?? '';

describe('the policy of the page', () => {
  it('lets the page frame its own files and be framed by nobody', () => {
    expect(policyOf(pageHeaders())).toContain("frame-src 'self'");
    expect(policyOf(pageHeaders())).toContain("frame-ancestors 'none'");
    for (const name of ['index.html', 'assets/index.js', 'assets/diagram.html', 'x/diagram.html'])
      expect(headersOfFile(name)).toEqual({});
  });

  it('lets the page of diagrams run its one script, have no origin and fetch nothing', () => {
    const page = readFileSync(join(import.meta.dirname, '../../renderer/public/diagram.html'), 'utf8');
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    expect(page.match(/<script/g)).toHaveLength(1);
    const policy = policyOf(headersOfFile('diagram.html'));
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}' blob:;`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toMatch(/sandbox allow-scripts$/);
    expect(policy).not.toMatch(/allow-same-origin|connect-src|img-src|unsafe-eval|http/);
  });
});
