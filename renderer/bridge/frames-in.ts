import { createFrameParser } from '../store/parse-frame.ts';

/** Reads the frames of every bridge; the first that cannot be read is reported. */
export const parseFrame = createFrameParser((message) => console.error(message));
