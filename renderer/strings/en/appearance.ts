/** English texts of Settings > Appearance and Settings > Language. */
export const appearanceStrings = {
  theme: 'Theme',
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  textSize: 'Text size',
  textSizeNote: 'Counts for everything that is read, code too.',
  accent: 'Accent',
  accents: {
    sea: 'Sea',
    blue: 'Blue',
    violet: 'Violet',
    rose: 'Rose',
    orange: 'Orange',
    green: 'Green',
    slate: 'Slate',
  },
  custom: 'Your own colour',
  adjustedLight: 'In the light theme it is made darker, so that text in it can be read.',
  adjustedDark: 'In the dark theme it is made lighter, so that text in it can be read.',
  motion: 'Motion',
  motions: { system: 'As the system', reduced: 'Reduced' },
  deviceNote: 'These count on this device only.',
};

export const languageStrings = {
  label: 'Language',
  system: 'As the system',
  note: 'Counts on this device only. What agents write stays in the language they write it in.',
  problem:
    'The texts of this language could not be fetched, so nothing was changed. Check the connection and choose it again.',
};
