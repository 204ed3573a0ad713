import type { AccessSentences } from './access.ts';
import type { DataSentences } from './data.ts';
import type { DoctorSentences } from './doctor.ts';
import type { FileSentences } from './files.ts';
import type { NoticeSentences } from './notices.ts';
import type { ProviderSentences } from './providers.ts';
import type { SessionSentences } from './sessions.ts';

/**
 * Everything the app itself says to a person, by name, with what fills it. A catalogue of another language that lacks one does not compile, nor does
 * a `say` of one that is not here. Numbers that are 0 or 1 stand for no and yes; an empty text, and 0 for a time, for nothing known.
 */
export interface Sentences
  extends SessionSentences,
    ProviderSentences,
    AccessSentences,
    FileSentences,
    NoticeSentences,
    DataSentences,
    DoctorSentences {}
