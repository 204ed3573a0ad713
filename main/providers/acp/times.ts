/** Times a turn is given, milliseconds. */
export interface AcpTimes {
  /** From the start of the agent until its session is there. A first start by npx downloads it. */
  handshakeMs: number;
  /** After `session/cancel`, until the whole tree is ended. */
  cancelGraceMs: number;
  /** Between SIGTERM and SIGKILL for the agent and all it started. */
  killGraceMs: number;
  /** The same for what a stopped turn left behind. */
  toolGraceMs: number;
  /** How long a tool call whose input is still being written is held back before it is shown as it is. */
  toolHoldMs: number;
  /** Without a line, until a notice says so. */
  silenceNoticeMs: number;
  /** Without any sign of life after a prompt, until the turn is given up. */
  silenceFailMs: number;
}

export const usualTimes: AcpTimes = {
  handshakeMs: 120_000,
  cancelGraceMs: 5000,
  killGraceMs: 2000,
  toolGraceMs: 700,
  toolHoldMs: 400,
  silenceNoticeMs: 45_000,
  silenceFailMs: 600_000,
};
