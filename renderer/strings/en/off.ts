/** Why something cannot be pressed now, shown where it would be. */
export const offStrings = {
  empty: 'Write something first.',
  incomplete: 'Something is still missing or not right.',
  unchanged: 'Nothing has been changed.',
  unanswered: 'Answer every question first.',
  first: 'This is the first one already.',
  last: 'This is the last one already.',
  wait: 'One moment…',
  running: 'Only between two turns.',
  offline: 'Only while Quarterdeck can be reached.',
  noHits: 'There is nothing to go to.',
  nothingMore: 'There is nothing more to show.',
  topFolder: 'There is no folder above this one.',
  inEverything: 'Everything is allowed already.',
  notHeld: 'This device may not do it itself, so it cannot allow it.',
  smallest: 'It is as small as it gets.',
  largest: 'It is as large as it gets.',
};
