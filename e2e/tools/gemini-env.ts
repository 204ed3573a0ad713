import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface GeminiTestEnvOptions {
  /** Base URL of the scripted model server. */
  modelUrl: string;
  /** Becomes HOME, in which the CLI keeps its settings and sessions; made when missing. */
  home: string;
}

/** A key that no service knows; the request log shows it in `x-goog-api-key`. */
export const fakeGeminiKey = 'AIzaQuarterdeckTestKey00000000000000000';

/** Nothing listens on the discard port: whatever does not go to loopback fails at once instead of leaving the machine. */
const nowhere = 'http://127.0.0.1:9';

/**
 * The complete environment for a Gemini CLI that neither sees the user's own settings nor talks to anything but the model server. Nothing is
 * inherited but PATH, with the Node that runs the tests in front.
 */
export function geminiTestEnv({ modelUrl, home }: GeminiTestEnvOptions): { [name: string]: string } {
  // The CLI leaves reports of failed requests, conversation and all, in the temporary folder: they go with the home.
  const tmp = join(home, 'tmp');
  for (const folder of [join(home, '.gemini'), tmp]) mkdirSync(folder, { recursive: true });
  return {
    PATH: [dirname(process.execPath), process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'].join(':'),
    TMPDIR: tmp,
    LANG: 'C.UTF-8',
    HOME: home,
    SHELL: '/bin/bash',
    GEMINI_API_KEY: fakeGeminiKey,
    GOOGLE_GEMINI_BASE_URL: modelUrl,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
  };
}
