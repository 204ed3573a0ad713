// npm run -s quarterdeck -- VERB
import { prepare, runBuilt } from './run-built.mjs';

await prepare();
await runBuilt('cli.js');
