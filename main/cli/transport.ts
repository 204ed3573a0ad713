import type { ErrorCode } from '../protocol/errors.ts';

/** A line to the hall, whatever it is made of. Frames are JSON text, the same on every line. */
export interface Transport {
  send(frame: string): void;
  /** Holds the other side back, while our own reader is slow. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface TransportListener {
  onFrame(frame: string): void;
  /** The line is gone, once. `reason` is for a person. */
  onClosed(reason: string, code?: ErrorCode): void;
}
