import { join } from 'node:path';

/** Where the vault is in a home. */
export const vaultPath = (home: string): string => join(home, 'vault.db');
