/** What only the app's own window has. */
export const desktopStrings = {
  newWindow: 'New window',
  openInWindow: 'Open in new window',
  openThis: 'Open this session in a new window',
  tooManyWindows: {
    message: 'There are as many windows as Quarterdeck opens.',
    impact: 'No window was opened; everything else goes on.',
    next: 'Close a window that you do not need, or open the session in this one.',
  },
};
