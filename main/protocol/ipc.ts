/**
 * What crosses between the window and main. The window speaks the same frames as every other client, as JSON text: one connection per window,
 * opened by `hello`, so that there is one hall behind all doors.
 */
export const channels = {
  /** window -> main: opens (or opens anew) this window's connection. */
  hello: 'quarterdeck:hello',
  /** window -> main: one ClientFrame, as JSON text. */
  toMain: 'quarterdeck:frame',
  /** main -> window: one ServerFrame, as JSON text. */
  toWindow: 'quarterdeck:frame',
  /** window -> main, answered with a path or null: the system's folder dialog. */
  chooseFolder: 'quarterdeck:choose-folder',
  /** window -> main: opens an http(s) or mailto link outside, after a look at the scheme. */
  openExternal: 'quarterdeck:open-external',
} as const;

/** The one object the preload script puts on `window`. */
export interface QuarterdeckBridge {
  hello(): void;
  send(frame: string): void;
  /** Whoever listens can leave: the answer removes the listener. */
  onFrame(listener: (frame: string) => void): () => void;
  chooseFolder(): Promise<string | null>;
  openExternal(url: string): Promise<boolean>;
  readonly platform: string;
}

/** The name of that object: `window.quarterdeck`. */
export const bridgeName = 'quarterdeck';
