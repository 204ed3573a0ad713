/** Times a turn is given, milliseconds. */
export interface ClaudeTimes {
  /** After an interrupt, until the whole tree is ended. */
  interruptGraceMs: number;
  /** Between SIGTERM and SIGKILL for the CLI and all it started. It takes about 1.2 s to end its tools. */
  killGraceMs: number;
  /** The same for what a stopped turn left behind. */
  toolGraceMs: number;
  /** Without a line, until a notice says so. */
  silenceNoticeMs: number;
  /** Without any sign of life after a prompt, until the turn is given up. */
  silenceFailMs: number;
  /** Between two looks at the output of a running command. */
  outputEveryMs: number;
  /** After the last sub-agent ended, until the CLI is not expected to go on by itself any more. */
  afterAgentsMs: number;
  /** For tool servers to be connected before the first message is sent without them. */
  toolServersMs: number;
  /** Between two questions for how much of the plan is used. */
  planEveryMs: number;
}

export const usualTimes: ClaudeTimes = {
  interruptGraceMs: 5000,
  killGraceMs: 2000,
  toolGraceMs: 700,
  silenceNoticeMs: 60_000,
  silenceFailMs: 600_000,
  outputEveryMs: 400,
  afterAgentsMs: 5000,
  toolServersMs: 10_000,
  planEveryMs: 300_000,
};
