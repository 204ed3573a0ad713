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
  onlyWindow: 'This belongs to the app on the computer it runs on',
  onlyWindowNote:
    'The keys that bring Quarterdeck to the front, opening at login, its size and the spelling check are set in its own window. A browser has its own settings for these.',
  summonTitle: 'Bring Quarterdeck to the front',
  summonNote:
    'Keys that count in every program. Pressed once more, they put Quarterdeck away again. On some desktops of Linux the system gives programs no such keys.',
  noKeys: 'No keys are set.',
  setKeys: 'Set keys…',
  changeKeys: 'Other keys…',
  clearKeys: 'Remove',
  pressKeys: 'Press the keys now',
  pressKeysNote:
    'Two of Ctrl, Alt, Shift and the system’s key with a letter or number, or one with F1 to F24. Esc ends this.',
  refused: {
    unfit:
      'These would be missing in other programs, or the system does not know them. Hold two keys down, Shift and one more for instance.',
    own: 'Quarterdeck uses these keys itself. Press others.',
  },
  keysDead:
    'These keys do not work now: another program has them, or the desktop gives none. Set others, or the same ones again once they are free.',
  loginTitle: 'At login',
  login: 'Open Quarterdeck when you log in',
  loginNote: 'So that phones and scripts reach it without you thinking of it.',
  loginCannot: 'Only an installed Quarterdeck can be opened at login.',
  hidden: 'Without a window',
  hiddenNote: 'It opens in the background. Start Quarterdeck once more, or use your keys, to see it.',
  unapproved: 'The system waits for you to allow this in its settings, among the programs that open at login.',
  otherProgram: (path: string) =>
    `The system opens another copy now: ${path}. Switch this off and on to have it open this one.`,
  backgroundTitle: 'When the last window is closed',
  background: 'Keep running in the tray',
  backgroundNote:
    'Turns go on, and phones and scripts still reach it. The icon beside the clock, or starting Quarterdeck once more, brings the window back.',
  backgroundCannot:
    'This desktop has no place for an icon beside the clock, so closing the last window ends Quarterdeck.',
  zoomTitle: 'Size',
  zoom: 'Size of everything in the window',
  zoomNote: 'Kept for all windows. The View menu has it too, with keys.',
  spellingTitle: 'Spelling',
  spelling: 'Check spelling while you write',
  spellingFetches:
    'Nothing you write leaves this computer. But each language needs a dictionary, which is fetched once from Google’s servers; while this is off, nothing is fetched. A right click on a word has suggestions.',
  spellingSystem: 'By the dictionaries of the system; nothing is fetched. A right click on a word has suggestions.',
  spellingLanguages: (languages: string) =>
    `Checked: ${languages}. They follow the language of the app and of the system.`,
  noDictionary: 'There is no dictionary for the language of the app and of the system, so nothing is checked.',
  dictionaryMissing: (languages: string) =>
    `The dictionary could not be fetched: ${languages}. Switch this off and on once there is a network.`,
};
