// npm start: the window where there can be one, else the same in a browser.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { prepare, runBuilt } from './run-built.mjs';

/** A window that ends sooner than this with an error never was one, milliseconds. */
const brokenStartMs = 5_000;

function openWindow(path, root, args) {
  const began = performance.now();
  return new Promise((resolve) => {
    const env = { ...process.env };
    // Left by tools that use Electron as a plain Node.
    delete env.ELECTRON_RUN_AS_NODE;
    const child = spawn(path, [root, ...args], { stdio: 'inherit', env });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => resolve({ broken: error.message }));
    child.on('exit', (code, signal) => {
      const quick = performance.now() - began < brokenStartMs;
      const stopped = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
      if (code !== 0 && quick && !stopped) resolve({ broken: `it ended at once (${signal ?? `exit code ${code}`})` });
      else resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0) });
    });
  });
}

const args = process.argv.slice(2);
await prepare();
const { root } = await import('./right-node.mjs');
const { findElectron } = await import('./electron-runtime.mjs');
const wantsBrowser = args.includes('--headless') || args.includes('--help') || args.includes('--version');
const electron = wantsBrowser ? null : await findElectron();
let because = electron?.because;
if (electron?.path) {
  const ended = await openWindow(electron.path, root, args);
  if ('code' in ended) process.exit(ended.code);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  because = `the window could not be opened: ${ended.broken}`;
}
if (because) console.error(`No desktop window (${because}); Quarterdeck runs in the browser instead.`);
process.argv = [...process.argv.slice(0, 2), ...args.filter((one) => one !== '--headless'), '--open'];
await runBuilt('headless.js');
