/** What is asked before an address outside is opened. */
export const leaveStrings = {
  title: 'Open this address?',
  mailTitle: 'Write to this address?',
  note: 'The link stands in what an agent or a program wrote. What you open knows nothing of this conversation, unless the address itself carries it.',
  differs: (said: string, host: string) => `The link says ${said}, but it leads to ${host}.`,
  notSecure: 'This address is not protected on its way, or tries to look like another one.',
  otherLetters: 'Its name has letters that can look like others. It is shown as it is really sent.',
  noAddress: 'This is no address that can be opened.',
  trust: (host: string) => `Open links to ${host} without asking from now on`,
  open: 'Open',
};
