import { loud } from './loud.ts';
import type { FromPage } from './page-side.ts';
import type { WebContents } from './web-contents.ts';

export interface WebFrameMain {
  readonly url: string;
  readonly parent: WebFrameMain | null;
}
export interface IpcMainEvent {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}
export type IpcMainInvokeEvent = IpcMainEvent;

type Listener = (event: IpcMainEvent, ...args: unknown[]) => unknown;

export class IpcMain {
  readonly #listeners = new Map<string, Listener[]>();
  readonly #handlers = new Map<string, Listener>();

  on(channel: string, listener: (event: IpcMainEvent, ...args: unknown[]) => void): this {
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
    return this;
  }

  handle(channel: string, handler: (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  /** For the host itself: a message from a page. The answer of an invoke, or the error the page's promise is rejected with. */
  async receive(
    sender: WebContents,
    frame: WebFrameMain,
    message: FromPage,
  ): Promise<{ ok: boolean; value: unknown } | null> {
    const event: IpcMainEvent = { sender, senderFrame: frame };
    if (message.kind === 'send') {
      for (const listener of this.#listeners.get(message.channel) ?? []) listener(event, ...message.args);
      return null;
    }
    const handler = this.#handlers.get(message.channel);
    if (handler === undefined)
      return { ok: false, value: `Error invoking remote method '${message.channel}': No handler registered` };
    try {
      return { ok: true, value: (await handler(event, ...message.args)) ?? null };
    } catch (error) {
      return { ok: false, value: `Error invoking remote method '${message.channel}': ${String(error)}` };
    }
  }
}

export const ipcMainHost = new IpcMain();
export const ipcMain = loud('ipcMain', ipcMainHost);
