/** What several parts of the host must agree on, without importing one another. */
export const appState = {
  ready: false,
  /** `package.json` and folder of the app under test. */
  appPath: '',
  version: '',
  name: '',
};
