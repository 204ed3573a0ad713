import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Clock } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Problem } from '../../protocol/errors.ts';
import { type Saying, say } from '../../protocol/saying.ts';

/** A caption is a line or two, not a document. */
const captionBytes = 8_192;
/** A client that sends nothing for so long is gone. */
const idleMs = 30_000;
/** For what is left to write once everything has come. */
const finishMs = 10_000;

/** Where the bytes of the one file go. */
export interface Receiver<T> {
  /** A file begins; its bytes are read when this has answered. */
  begin(name: string, mime: string): Promise<Result<Taking<T>, Problem>>;
}
export interface Taking<T> {
  /** Resolves when everything is written. Rejects what the disk refuses. */
  write(bytes: Readable): Promise<void>;
  keep(): Promise<Result<T, Problem>>;
  discard(): Promise<void>;
}

const refused = (code: Problem['code'], say: Saying, message: string, next: string) =>
  err<Problem>({ code, say, message, impact: 'Nothing was kept.', next });

const notMultipart = refused(
  'invalid_frame',
  say('upload.notAForm'),
  'The body is not a form with a file (multipart/form-data).',
  'Send the file as the part "file", e.g. curl -F file=@photo.png.',
);
const wrongParts = refused(
  'invalid_frame',
  say('upload.otherParts'),
  'The form has other parts than "file" and, after it, an optional "caption".',
  'Send the part "file" first and nothing but "caption" after it.',
);
const cutOff = refused(
  'invalid_frame',
  say('upload.cutOff'),
  'The upload ended before the file did.',
  'Send it again.',
);
const stalled = refused(
  'auth_timeout',
  say('upload.stalled'),
  'Nothing more of the upload came for 30 seconds.',
  'Send it again.',
);
const tooLarge = (maxBytes: number) =>
  refused(
    'frame_too_large',
    say('upload.tooLarge', { mebibytes: Math.floor(maxBytes / 1_048_576) }),
    `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MiB.`,
    'Send a smaller one, or raise the limit in the settings.',
  );

/**
 * Reads the one file of a form, streamed, and its caption: `file` first, then perhaps `caption`, nothing else. Whatever goes wrong, the receiver
 * is told to discard what it has before this answers.
 */
export async function receiveFile<T>(
  request: IncomingMessage,
  receiver: Receiver<T>,
  { maxBytes, clock }: { maxBytes: number; clock: Clock },
): Promise<Result<{ kept: T; caption: string | null }, Problem>> {
  let form: busboy.Busboy;
  try {
    form = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      // Names are made safe by us: a path in one is to be seen, not to be cut.
      preservePath: true,
      // One more than is taken: busboy tells nothing of what is too much, it drops it. So much more is seen as such.
      limits: {
        files: 2,
        fields: 2,
        parts: 3,
        // It says so when the last byte it takes is there.
        fileSize: maxBytes + 1,
        fieldSize: captionBytes,
        headerPairs: 20,
        fieldNameSize: 100,
      },
    });
  } catch {
    return notMultipart;
  }
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) return notMultipart;
  // What is announced as far too large is not waited for. A form adds a few hundred bytes.
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + 65_536) return tooLarge(maxBytes);

  let taking: Promise<Result<Taking<T>, Problem>> | null = null;
  let written: Promise<unknown> = Promise.resolve();
  let caption: string | null = null;
  let cancelIdle = () => {};
  const ended = await new Promise<Result<null, Problem>>((resolve) => {
    const fail = (why: Result<never, Problem> | ReturnType<typeof refused>) => resolve(why as Result<null, Problem>);
    const wait = () => {
      cancelIdle();
      cancelIdle = clock.after(idleMs, () => fail(stalled));
    };
    wait();
    request.on('data', wait);
    form.on('file', (field, file, { filename, mimeType }) => {
      // Also of a file that is not taken: a form that ends in it fails that stream, and nobody else would hear it.
      file.on('error', () => fail(cutOff));
      if (field !== 'file' || taking !== null || caption !== null) {
        file.resume();
        fail(wrongParts);
        return;
      }
      file.once('limit', () => fail(tooLarge(maxBytes)));
      taking = receiver.begin(typeof filename === 'string' ? filename : 'file', mimeType);
      written = taking.then(async (taken) => {
        if (taken.ok) await taken.value.write(file);
        else {
          file.resume();
          fail(taken);
        }
      });
      written.catch((error: unknown) => {
        file.resume();
        fail(isCut(error) ? cutOff : asProblem(error));
      });
    });
    form.on('field', (field, value, { valueTruncated, nameTruncated }) => {
      if (field !== 'caption' || taking === null || caption !== null || valueTruncated || nameTruncated)
        fail(wrongParts);
      else caption = value;
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) form.on(limit, () => fail(wrongParts));
    form.on('error', () => fail(cutOff));
    form.on('close', () => {
      written.then(
        () => resolve(taking === null ? wrongParts : ok(null)),
        () => {},
      );
    });
    // The parser never comes to an end of some forms that were cut off inside a part.
    request.on('end', () => {
      cancelIdle();
      cancelIdle = clock.after(finishMs, () => fail(cutOff));
    });
    request.on('error', () => fail(cutOff));
    request.on('close', () => {
      if (!request.complete) fail(cutOff);
    });
    request.pipe(form);
  });
  cancelIdle();
  request.unpipe(form);
  const taken = taking === null ? null : await (taking as Promise<Result<Taking<T>, Problem>>);
  if (!ended.ok || taken === null || !taken.ok) {
    form.destroy();
    if (taken?.ok) await taken.value.discard();
    return ended.ok ? wrongParts : ended;
  }
  const kept = await taken.value.keep();
  return kept.ok ? ok({ kept: kept.value, caption }) : kept;
}

const isCut = (error: unknown): boolean => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR' || message === 'Unexpected end of form';
};

function asProblem(error: unknown) {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? refused(
        'storage_full',
        say('upload.diskFull'),
        'The disk that holds the Quarterdeck folder is full.',
        'Free some space there, then try again.',
      )
    : refused(
        'storage_failed',
        say('upload.notStored', { code: code ?? '' }),
        `The file could not be stored (${code ?? 'no reason given'}).`,
        'Run "quarterdeck doctor" there.',
      );
}
