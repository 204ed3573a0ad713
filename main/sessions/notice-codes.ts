/** Codes of notices that change what a session is: another program wrote to the CLI's conversation behind it; that was dealt with. */
export const otherWriterCode = 'other_writer';
export const takenOverCode = 'taken_over';
