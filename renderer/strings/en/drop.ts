/** What is dropped on the page: folders begin sessions, files are attached. */
export const dropStrings = {
  files: 'Drop to attach',
  filesOrFolder: 'Drop files to attach them, or a folder to begin a session in it',
  folder: 'Drop a folder to begin a session in it',
  nothingSent: 'It becomes a draft: nothing is sent until you send it.',
  unseen: {
    message: (folder: string) =>
      `The folder “${folder}” was not opened: a browser does not tell a page where a folder stands.`,
    impact: 'Nothing in it was read or uploaded, and what you have written is still here.',
    next: 'Choose New session and find the folder with Browse, or drop it on the window of the Quarterdeck app.',
  },
  nowhere: {
    message: (folder: string) => `The folder “${folder}” was not opened: it has no place on this disk.`,
    impact: 'Nothing was changed, and what you have written is still here.',
    next: 'If it is in an archive or on a phone, copy it to this computer first and drop the copy.',
  },
  onlyFirst: {
    message: (folder: string) => `A session has one folder: “${folder}” was opened, the other folders were not.`,
    impact: 'Nothing was sent.',
    next: 'Open a window for each of the others and drop it there.',
  },
  notTaken: {
    message: 'Only a folder can be dropped here.',
    impact: 'The files were not read or uploaded.',
    next: 'To attach files, open a session and drop them on the conversation.',
  },
};
