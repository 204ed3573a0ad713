/** Pixels above and below what is seen that are mounted too: a page of the wheel finds everything there. */
export const mountedBeyond = 1_000;
