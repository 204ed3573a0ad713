import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** A picture as a camera takes it in the dark: a PNG (RGB, 8 bits) of noise, about 100 kB, that nothing makes smaller. */
export function madePhoto(width = 200, height = 170): Buffer {
  const rows = Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), randomBytes(width * 3)]));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Length, name, contents, CRC of name and contents (PNG specification, 5.3). */
function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Pieces of a file, spread over all of it, by where they stand. */
export function piecesOf(file: Buffer): Map<string, Buffer> {
  const pieces = new Map<string, Buffer>();
  for (let at = 64; at + 24 <= file.length; at += 1_900) pieces.set(`the photo at ${at}`, file.subarray(at, at + 24));
  return pieces;
}
