/** A control that is shown and rightly does nothing when it is pressed, and why. */
export interface Quiet {
  /** As the walk tells of it: how it is come to, what it is, and what it is called. */
  readonly control: string;
  readonly why: string;
}

export const quiet: readonly Quiet[] = [
  {
    control: 'desktop > Set keys…: button "Press the keys now"',
    why: 'It has the focus, and waits for the keys a person wants; a press on it takes nothing away from that.',
  },
];
