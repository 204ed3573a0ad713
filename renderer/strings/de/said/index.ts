import type { Said } from '../../said.ts';
import { access } from './access.ts';
import { data } from './data.ts';
import { doctor } from './doctor.ts';
import { files } from './files.ts';
import { notices } from './notices.ts';
import { providers } from './providers.ts';
import { sessions } from './sessions.ts';

/** What main says, in German. */
export const said: Said = { ...sessions, ...providers, ...access, ...files, ...notices, ...data, ...doctor };
