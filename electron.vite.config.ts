import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { licencesPlugin } from './scripts/licences.ts';

/** Everything is bundled but what cannot be: electron itself and the native module. One file a process starts fastest and packages smallest. */
const external = ['electron', 'better-sqlite3', /^node:/];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node22',
      externalizeDeps: false,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        external,
        input: {
          index: 'main/index.ts',
          headless: 'main/headless.ts',
          cli: 'main/cli/main.ts',
          'import-worker': 'main/imports/worker.ts',
          'password-worker': 'main/security/password-worker.ts',
          'database-worker': 'main/storage/database-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron'],
        input: { index: 'preload/index.ts' },
        // A sandboxed preload script must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react(), licencesPlugin(import.meta.dirname)],
    build: {
      outDir: 'out/renderer',
      minify: true,
      sourcemap: false,
      // The page may fetch fonts from its own files only, not from addresses that hold the data themselves.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: 'renderer/index.html' } },
    },
  },
});
