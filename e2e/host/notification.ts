import { record } from './control.ts';
import { type HostEvent, hostEvent, KnownEvents } from './events.ts';
import { loud } from './loud.ts';

interface NotificationOptions {
  title?: string;
  body?: string;
  silent?: boolean;
  actions?: { type: 'button'; text: string }[];
}
type NotificationEvents = {
  show: [event: HostEvent];
  click: [event: HostEvent];
  action: [details: HostEvent & { actionIndex: number; selectionIndex: number }];
  /** Never fired: here every notification is shown. */
  failed: [event: HostEvent, error: string];
};

const shown: HostNotification[] = [];

/** A notification, told to the driver, which presses on it. */
class HostNotification extends KnownEvents<NotificationEvents> {
  readonly #options: NotificationOptions;
  constructor(options: NotificationOptions = {}) {
    super('Notification', ['show', 'click', 'action', 'failed']);
    this.#options = options;
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    shown.push(this);
    record({ api: 'notification.show', args: [this.#options] });
    this.fire('show', hostEvent({}));
  }
  close(): void {
    if (shown.includes(this)) shown.splice(shown.indexOf(this), 1);
    record({ api: 'notification.close', args: [this.#options] });
  }

  // What follows is for the host itself.

  facts() {
    const { title = '', body = '', silent = false, actions = [] } = this.#options;
    return { title, body, silent, actions: actions.map((action) => action.text) };
  }
  /** As macOS and Windows do: what was pressed goes away. @param action - null: beside the buttons. */
  press(action: number | null): void {
    shown.splice(shown.indexOf(this), 1);
    if (action === null) this.fire('click', hostEvent({}));
    else this.fire('action', hostEvent({ actionIndex: action, selectionIndex: -1 }));
  }
}

export const Notification: typeof HostNotification = new Proxy(HostNotification, {
  construct: (target, args: [NotificationOptions?]) => loud('Notification', new target(...args)),
});

export type Notification = HostNotification;

/** For the host itself: those on the screen, the oldest first. */
export const shownNotifications = (): readonly HostNotification[] => shown;
