import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the package the given folder belongs to: the same for the built files and the sources. */
export function appVersion(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Record<string, unknown>;
      if (name === 'quarterdeck' && typeof version === 'string') return version;
    } catch {
      // No package here; look further up.
    }
    if (dirname(at) === at) return '0.0.0';
  }
}
