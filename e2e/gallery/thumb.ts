/** What may be smaller on a phone than a thumb is broad. */
export interface Smaller {
  /** A selector. */
  readonly what: string;
  /** How large it is all the same, CSS pixels. */
  readonly least: { readonly width: number; readonly height: number };
  readonly why: string;
}

/** How broad a thumb is, CSS pixels (WCAG 2.5.5): on a phone whatever is pressed is as large, but for what is named here. */
export const thumb = 44;

export const smaller: readonly Smaller[] = [
  {
    what: '.picker, .composer .icon-button',
    least: { width: 28, height: 44 },
    why: 'They stand in one row under the field, all in sight; so high that a thumb meets the one it means.',
  },
  {
    what: '.title-button',
    least: { width: 44, height: 24 },
    why: 'It renames the session, as the menu beside it does, which is as large as a thumb.',
  },
  {
    what: '.icon-button-small, .tool-output-box > .icon-button',
    least: { width: 30, height: 30 },
    why: 'It belongs to a line or a box of the text, and is not what a thumb is there for.',
  },
  {
    what: '.link-button, .goal-objective, .diagram-note summary, .diff-toggle',
    least: { width: 32, height: 32 },
    why: 'It is read as text, between texts.',
  },
  {
    what: '.quiet-toggle',
    least: { width: 44, height: 26 },
    why: 'It folds what is beside the matter, and is as broad as its words.',
  },
  {
    what: '.diff-row',
    least: { width: 44, height: 26 },
    why: 'Lines of code stand as close as code is read; every one is as broad as the page.',
  },
];
