/** Every word of the app that the system shows and not the page, in English. The other languages have the same shape, or do not compile. */
export const en = {
  ok: 'OK',
  menu: {
    file: 'File',
    newSession: 'New Session',
    newWindow: 'New Window',
    openFolder: 'Open Folder…',
    openInBrowser: 'Open in Browser',
    showDataFolder: 'Show Data Folder',
    settings: 'Settings',
    closeWindow: 'Close Window',
    quit: 'Quit Quarterdeck',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    pasteAndMatchStyle: 'Paste and Match Style',
    delete: 'Delete',
    selectAll: 'Select All',
    view: 'View',
    palette: 'Command Palette',
    sidebar: 'Sidebar',
    sidePanel: 'Side Panel',
    reload: 'Reload',
    developerTools: 'Developer Tools',
    actualSize: 'Actual Size',
    actualSizeFrom: (percent: string) => `Actual Size (now ${percent})`,
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    session: 'Session',
    inbox: 'Inbox',
    nextWaiting: 'Next That Waits',
    previousSession: 'Previous Session',
    nextSession: 'Next Session',
    writeMessage: 'Write a Message',
    find: 'Find in This Conversation',
    readConversation: 'Read the Conversation',
    window: 'Window',
    minimize: 'Minimise',
    zoom: 'Zoom',
    bringAllToFront: 'Bring All to Front',
    help: 'Help',
    shortcuts: 'Keyboard Shortcuts',
    diagnostics: 'Diagnostics',
    about: 'About Quarterdeck',
    services: 'Services',
    hide: 'Hide Quarterdeck',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
  },
  tray: {
    waiting: (sessions: number) =>
      sessions === 0
        ? 'Nothing waits for you'
        : sessions === 1
          ? 'One session waits for you'
          : `${sessions} sessions wait for you`,
    more: (sessions: number) => `${sessions} more in the inbox`,
    newSession: 'New Session',
    show: 'Show Quarterdeck',
    quit: 'Quit Quarterdeck',
  },
  context: {
    noSuggestions: 'No suggestions',
    addToDictionary: 'Add to Dictionary',
    copyLink: 'Copy Link',
    copyImage: 'Copy Image',
  },
  desktop: {
    taken: {
      message: (keys: string) =>
        `The system does not give Quarterdeck the keys ${keys}: another program uses them, or the desktop does not let programs have any.`,
      impact: 'The keys that were set before still count.',
      next: 'Choose other keys, or free these where they are used.',
    },
    loginRefused: {
      message: 'The system did not take the change.',
      impact: 'Opening at login is as it was before.',
      next: 'Look at the programs that open at login in the settings of the system.',
    },
  },
  quitting: {
    working: (agents: number) => (agents === 1 ? 'One agent is still working.' : `${agents} agents are still working.`),
    means: (agents: number) =>
      `Quitting stops ${agents === 1 ? 'it' : 'them'}. What has arrived is kept, and a message such as “go on” continues after the next start.`,
    quit: 'Quit',
    stay: 'Keep Working',
  },
  pageDied: {
    reloaded: 'The window stopped unexpectedly and was loaded again.',
    reloadedMeans:
      'Your sessions go on: they do not depend on the window, and nothing that was stored is lost. Text you had not sent may be gone.',
    keepsDying: 'The window keeps stopping.',
    keepsDyingMeans:
      'Your sessions go on and nothing that was stored is lost. Load the window again, or quit and start Quarterdeck anew.',
    loadAgain: 'Load Again',
    quit: 'Quit',
  },
  noStart: { title: 'Quarterdeck could not start', quit: 'Quit' },
  link: {
    refused: 'The link was not opened.',
    means: (why: string) =>
      `${why} Nothing was changed. Open Quarterdeck and go there by hand if you trust where the link came from.`,
    why: {
      notOurs: 'It is not a link of Quarterdeck.',
      strangeParts: 'It has parts that links of Quarterdeck do not have.',
      noSession: 'It names no session.',
      nowhere: 'It leads nowhere in Quarterdeck.',
      asksTooMuch: 'It asks for something that links may not ask for.',
      folder: 'Its folder is not a whole path on this machine.',
      noFolder:
        'It names no folder on this machine: that was moved or renamed, is a file, or stands on another machine.',
      text: 'Its text is too long, or has characters in it that cannot be seen.',
    },
  },
  fileDialog: { title: 'Choose a file', open: 'Choose' },
  folderDialog: { title: 'Open a folder', open: 'Open' },
};

export type NativeWords = typeof en;
