// npm run serve -- --home DIR --port N --json
import { prepare, runBuilt } from './run-built.mjs';

await prepare();
await runBuilt('headless.js');
