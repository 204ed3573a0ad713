import { join } from 'node:path';
import { type App, bootstrap, type StartRefusal } from './bootstrap.ts';
import { appVersion } from './cli/app-version.ts';
import { openBrowser } from './cli/open-browser.ts';
import { withoutEcho } from './cli/person-signal.ts';
import { restartProcess, restartWay, supervisedExitCode, takePortBefore } from './cli/restart.ts';
import { readServeOptions, type ServeOptions, serveUsage } from './cli/serve-options.ts';
import type { Problem } from './protocol/errors.ts';
import { askForLink } from './second-start.ts';
import { startDefect } from './start-problems.ts';

/** After this long a start that was asked to end is ended the hard way, milliseconds. */
const closeWithinMs = 4_500;

const say = (line: string) => process.stdout.write(`${line}\n`);
const sayError = (line: string) => process.stderr.write(`${line}\n`);

const inWords = ({ message, impact, next, detail }: Problem) =>
  [message, impact, next, detail && `(${detail})`].filter(Boolean).join('\n');

function reportProblem(problem: Problem, json: boolean): void {
  const { code, message, impact, next } = problem;
  if (json) say(JSON.stringify({ event: 'error', error: { code, message, impact, next } }));
  sayError(inWords(problem));
}

async function reportRunning(
  { pid, url, openUrl }: Extract<StartRefusal, { kind: 'already_running' }>['running'],
  options: ServeOptions,
): Promise<void> {
  if (options.json) {
    say(JSON.stringify({ event: 'already_running', url, open_url: openUrl, pid, home: options.home }));
  } else if (openUrl) {
    say(`Quarterdeck is running already (process ${pid}). Open it with this link, which works once:\n\n  ${openUrl}\n`);
    // A link of its own: the printed one stays good.
    const link = options.open && url ? await askForLink(options.home, url) : null;
    await (link ? openBrowser(link) : null)?.loaded();
  } else {
    say(
      `A Quarterdeck command${pid ? ` (process ${pid})` : ''} is using ${options.home} right now. Start again when it has ended, or name another folder with --home DIR.`,
    );
  }
}

function reportListening(app: App, json: boolean): void {
  const openUrl = app.openLink();
  if (json) {
    // The code itself stands in the file: what is printed for a program often ends in a log that others read.
    const setup_code_file = app.setupCode()?.file;
    const listening = { event: 'listening', url: app.url, open_url: openUrl, pid: process.pid, home: app.home };
    say(JSON.stringify({ ...listening, ...(setup_code_file && { setup_code_file }) }));
    return;
  }
  say(
    `Quarterdeck is running at ${app.url}\nYour data is in ${app.home}\n\nOpen it in a browser on this machine with this link, which works once:\n\n  ${openUrl}\n\nAnother link: npm run -s quarterdeck -- open\nStop it with Ctrl+C.`,
  );
  const setup = app.setupCode();
  if (setup === null) return;
  // A terminal is the owner's; a pipe may end in a log.
  const where = process.stdout.isTTY ? `is ${setup.code}` : `stands in ${setup.file}`;
  say(`\nTo set a password or make a first key from elsewhere: the setup code, which works once, ${where}`);
}

/**
 * Ends the app once: cleanly within `closeWithinMs`, else hard; a second signal ends it at once.
 * @param then - instead of the end of the process, when it ended cleanly.
 */
function closeOnce(running: () => Promise<App | null>): (code?: number, then?: () => void) => void {
  let asked = false;
  return (hardCode = 1, then = () => process.exit(0)) => {
    if (asked) process.exit(hardCode);
    asked = true;
    setTimeout(() => process.exit(1), closeWithinMs).unref();
    running()
      .then((app) => {
        const turns = app?.runningTurns ?? 0;
        if (turns > 0) sayError(`Stopping ${turns === 1 ? 'one running turn' : `${turns} running turns`} …`);
        return app?.close();
      })
      .then(
        () => then(),
        (error: unknown) => {
          sayError(`Quarterdeck did not end cleanly: ${String(error)}`);
          process.exit(1);
        },
      );
  };
}

/**
 * Runs Quarterdeck without a window, until SIGTERM, SIGINT or `quarterdeck stop`.
 * @param here - folder of the entry script, to find the built renderer and the package from.
 */
export async function serve({ argv, here }: { argv: string[]; here: string }): Promise<void> {
  const version = appVersion(here);
  const read = readServeOptions(argv, process.env, process.cwd());
  if (!read.ok) {
    sayError(`${read.error}\n\n${serveUsage}`);
    process.exitCode = 2;
    return;
  }
  const options = read.value;
  if (options.show) {
    say(options.show === 'help' ? serveUsage : version);
    return;
  }
  const { home, port, host, portFixed, json } = options;
  const starting = bootstrap({
    home,
    composition: 'headless',
    version,
    port,
    portFixed,
    portBefore: takePortBefore(process.env),
    host,
    rendererDir: join(here, '../renderer'),
  });
  const end = closeOnce(() =>
    starting.then(
      (started) => (started.ok ? started.value : null),
      () => null,
    ),
  );
  process.on(
    'SIGTERM',
    withoutEcho(() => end(143)),
  );
  process.on(
    'SIGINT',
    withoutEcho(() => end(130)),
  );
  process.on(
    'SIGHUP',
    withoutEcho(() => end(129)),
  );

  const started = await starting.catch((error: unknown) => startDefect(home, error));
  if (!('ok' in started)) {
    reportProblem(started, json);
    // What was begun before the defect may still hold the process.
    process.exit(1);
  }
  if (started.ok) {
    started.value.onStopRequested(() => end());
    const way = restartWay(process.env, process);
    started.value.onRestartRequested({
      way,
      begin() {
        const { url } = started.value;
        end(supervisedExitCode, way === 're-exec' ? () => restartProcess(url) : () => process.exit(supervisedExitCode));
      },
    });
    for (const notice of started.value.notices) sayError(`${inWords(notice)}\n`);
    reportListening(started.value, json);
    // A link of its own: the printed one stays good.
    const link = options.open ? started.value.openLink() : null;
    if (link) openBrowser(link);
    return;
  }
  const refusal = started.error;
  if (refusal.kind === 'already_running') await reportRunning(refusal.running, options);
  else reportProblem(refusal.problem, json);
  // Nothing of this start may keep the process alive.
  process.exitCode = refusal.kind === 'problem' ? 1 : 0;
}
