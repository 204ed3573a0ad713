/** Times a turn is given, milliseconds. */
export interface CodexTimes {
  /** After an interrupt, until the app-server is given up for this conversation. */
  interruptGraceMs: number;
  /** Between SIGTERM and SIGKILL for the app-server and all it started. */
  killGraceMs: number;
  /** The same for what a stopped turn left behind. */
  toolGraceMs: number;
  /** Without a line, until a notice says so. */
  silenceNoticeMs: number;
  /** Without any sign of life after a prompt, until the turn is given up. */
  silenceFailMs: number;
}

export const usualTimes: CodexTimes = {
  interruptGraceMs: 5000,
  killGraceMs: 2000,
  toolGraceMs: 700,
  silenceNoticeMs: 60_000,
  silenceFailMs: 600_000,
};
