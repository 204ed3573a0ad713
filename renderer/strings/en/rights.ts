/** What a device or a key may not do, said where it would be done. */
export const rightsStrings = {
  without: {
    admin:
      'This device may not manage the data as a whole. The owner can do that in the window, or give this device the right to everything.',
    chat: 'This device may read here, but not write. Its owner can change that under Settings → Devices.',
    'sessions:read': 'This device may not read sessions.',
    'sessions:write': 'This device may not change sessions.',
    'approvals:write': 'This device may not answer for you. Answer on a device that may.',
  },
  /** Of modes in which the agent asks less. */
  mode: 'Needs the right to answer what agents ask.',
};
