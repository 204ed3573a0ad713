import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { app } from './app.ts';
import { loud } from './loud.ts';

type Backend = 'basic_text' | 'gnome_libsecret' | 'kwallet' | 'kwallet5' | 'kwallet6' | 'unknown';

/** Which keyring the machine has; a spec says it in the environment of the app. Without a word there is none, as on a bare Linux. */
const backend = (process.env.QUARTERDECK_HOST_KEYRING ?? 'basic_text') as Backend;

/** Stands in no file of the app, as a real keyring's key does not. */
const key = createHash('sha256').update(`keyring of ${backend}`).digest();

function ready(): void {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready');
}

/** Electron's keychain. Like the real one it works only once the app is ready, and with `basic_text` it wraps without keeping anything secret. */
export const safeStorage = loud('safeStorage', {
  isEncryptionAvailable(): boolean {
    return app.isReady();
  },
  getSelectedStorageBackend(): Backend {
    ready();
    return backend;
  },
  encryptString(text: string): Buffer {
    ready();
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const wrapped = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v11'), iv, cipher.getAuthTag(), wrapped]);
  },
  decryptString(wrapped: Buffer): string {
    ready();
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(3, 15));
      decipher.setAuthTag(wrapped.subarray(15, 31));
      return Buffer.concat([decipher.update(wrapped.subarray(31)), decipher.final()]).toString('utf8');
    } catch {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    }
  },
});
