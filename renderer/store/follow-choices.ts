import { followLook } from './appearance.ts';
import { followLanguage } from './language.ts';
import { followTheme } from './theme.ts';

/** What a person chooses for how the app looks and speaks counts in every window and tab at once, whichever it was chosen in. */
export function followChoices(): void {
  followTheme();
  followLook();
  followLanguage();
}
