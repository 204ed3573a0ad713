import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { err, ok } from '../base/result.ts';
import { say } from '../protocol/saying.ts';
import { readKeyFile } from './key-file.ts';
import type { SecretBox } from './secret-box.ts';

const version = 1;
const ivBytes = 12;
const tagBytes = 16;

/**
 * Wraps with AES-256-GCM and the key in `path` (see `readKeyFile`; made with the first secret). Wrapped: one byte version, 12 bytes IV, 16 bytes
 * tag, ciphertext; the label is authenticated.
 * @param onNarrowed - other users could read the key file; its rights were narrowed.
 */
export function createKeyFileBox(path: string, onNarrowed: () => void = () => {}): SecretBox {
  const read = (create: boolean) => {
    const found = readKeyFile(path, create);
    if (found.ok && found.value?.narrowed) onNarrowed();
    return found;
  };
  const unreadable = (reason: 'gone' | 'damaged' | 'other_key', why: string) =>
    err({
      code: 'storage_failed' as const,
      say: say('keys.unreadable', { reason, path }),
      message: `The stored API key cannot be read: ${why}`,
      impact: 'It is kept as it is, but the CLI does not get it.',
      next: 'Bring the key file back, or store the API key again.',
    });
  return {
    kind: 'key_file',
    wrap(secret, label) {
      const found = read(true);
      if (!found.ok) return found;
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', found.value!.key, iv);
      cipher.setAAD(Buffer.from(label));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return ok(Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), text]));
    },
    unwrap(wrapped, label) {
      const found = read(false);
      if (!found.ok) return found;
      if (found.value === null) return unreadable('gone', `the key file ${path}, with which it was wrapped, is gone.`);
      if (wrapped[0] !== version || wrapped.length < 1 + ivBytes + tagBytes)
        return unreadable('damaged', 'it is damaged.');
      try {
        const iv = wrapped.subarray(1, 1 + ivBytes);
        const decipher = createDecipheriv('aes-256-gcm', found.value.key, iv);
        decipher.setAAD(Buffer.from(label));
        decipher.setAuthTag(wrapped.subarray(1 + ivBytes, 1 + ivBytes + tagBytes));
        const text = Buffer.concat([decipher.update(wrapped.subarray(1 + ivBytes + tagBytes)), decipher.final()]);
        return ok(text.toString('utf8'));
      } catch {
        return unreadable('other_key', `it was wrapped with another key than the one in ${path}, or it is damaged.`);
      }
    },
  };
}
