import type { Hall, Principal, Sink } from '../orchestrator/ports.ts';
import type { Transport, TransportListener } from './transport.ts';

/** A line to a hall in this very process. Both directions go through the microtask queue, so that neither side is called back while it calls. */
export function connectInProcess(hall: Hall, principal: Principal, listener: TransportListener): Transport {
  let paused = false;
  let closed = false;
  let held: string[] = [];
  let drained: (() => void)[] = [];
  const end = (reason: string, code?: Parameters<Sink['close']>[0]) => {
    if (closed) return;
    closed = true;
    connection.close();
    listener.onClosed(reason, code);
  };
  const sink: Sink = {
    send(frame) {
      queueMicrotask(() => {
        if (closed) return;
        if (paused) held.push(frame);
        else listener.onFrame(frame);
      });
    },
    busy: () => paused,
    onceDrained: (callback) => void drained.push(callback),
    close: (code, message) => queueMicrotask(() => end(message, code)),
  };
  const connection = hall.connect(principal, sink);
  return {
    send: (frame) => queueMicrotask(() => !closed && connection.receive(frame)),
    pause: () => {
      paused = true;
    },
    resume() {
      paused = false;
      const frames = held;
      held = [];
      for (const frame of frames) listener.onFrame(frame);
      const callbacks = drained;
      drained = [];
      for (const callback of callbacks) callback();
    },
    close: () => end('closed'),
  };
}
