/** What was looked for last: whoever comes back from a hit finds the others again. */
export const historySearch = { text: '' };
