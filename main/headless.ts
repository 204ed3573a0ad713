import module from 'node:module';
import { join } from 'node:path';

// Before anything else is loaded: compiled code is kept beside the build, so the next start is much quicker. Where it cannot be written, nothing is.
module.enableCompileCache?.(join(import.meta.dirname, '../.compile-cache'));
const { serve } = await import('./serve.ts');
await serve({ argv: process.argv.slice(2), here: import.meta.dirname });
