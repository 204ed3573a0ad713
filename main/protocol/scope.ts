import { z } from 'zod';
import { scopeNames } from './scope-names.ts';

/**
 * Scopes a credential can have. `admin` implies all; no other scope implies another. The list holds every scope of denkeeper's (seed and later),
 * so that its keys can be made here under the same names, and ours beside them. Which frame and which route each opens: `security/scopes.ts`.
 */
export const Scope = z.enum(scopeNames);
export type Scope = z.infer<typeof Scope>;
