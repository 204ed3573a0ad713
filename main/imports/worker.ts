import { parentPort, workerData } from 'node:worker_threads';
import type { FromReader, ReaderOptions, ToReader } from './messages.ts';
import { Reader } from './reader.ts';

/** The thread that reads: the app's own thread only asks it. */
const port = parentPort!;
const send = (message: FromReader): void => port.postMessage(message);
const reader = new Reader(workerData as ReaderOptions, send);

port.on('message', ({ id, question, ask }: ToReader) => {
  reader.answer(question, ask).then(
    (answer) => {
      send({ id, ok: true, answer });
      if (question === 'close') port.close();
    },
    (error: unknown) => send({ id, ok: false, error: String((error as Error)?.stack ?? error) }),
  );
});
