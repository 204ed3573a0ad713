import { createContext } from 'react';
import type { SessionId } from '../../main/protocol/ids.ts';

/** The session in whose folder the pictures stand that words name; null: there is none, and pictures are only named. */
export const PicturePlace = createContext<SessionId | null>(null);
