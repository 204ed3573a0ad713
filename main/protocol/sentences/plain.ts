/** A sentence that nothing fills. */
export type Plain = Record<never, never>;
/** 1: yes. */
export type YesNo = 0 | 1;
