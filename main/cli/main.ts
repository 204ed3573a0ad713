import module from 'node:module';
import { join } from 'node:path';

// As in the headless start: compiled code is kept beside the build.
module.enableCompileCache?.(join(import.meta.dirname, '../.compile-cache'));
const { runCommandLine } = await import('./run.ts');
const code = await runCommandLine(process.argv.slice(2), import.meta.dirname);
// What was written reaches its reader before the process ends; nothing else may keep it alive.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
