import type { DesktopAnswer, DesktopChange } from '../../main/protocol/desktop.ts';
import type { Problem } from '../../main/protocol/errors.ts';
import type { ClientFrame, ServerFrame } from '../../main/protocol/frames.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { PageCommand, Place } from '../../main/protocol/ipc.ts';
import type { NoticeRequest } from '../../main/protocol/notice-settings.ts';
import type { NoticeState } from '../../main/protocol/notices.ts';
import type { PageNote } from '../../main/protocol/page-notes.ts';

/**
 * Why there is no way in until a person does something. `no_access`, `link_used`: this browser needs a link. The others are of the sealed link:
 * the device or the key is void, the pairing link was used or is damaged, or what answers is not the gateway that is known.
 */
export type EndReason =
  | 'no_access'
  | 'link_used'
  | 'revoked'
  | 'key_refused'
  | 'pairing_used'
  | 'pairing_broken'
  | 'untrusted';

/** The state of the link to the gateway. Times are milliseconds since 1970. */
export type LinkState =
  /** `since`: when the link was lost; absent: there was none yet. `target`: the address that is tried. */
  | { readonly status: 'connecting'; readonly since?: number; readonly target?: string }
  | { readonly status: 'open'; readonly sealed?: boolean }
  | {
      readonly status: 'waiting';
      readonly attempt: number;
      readonly retryAt: number;
      readonly since?: number;
      /** What will be tried, where there is more than one address. */
      readonly target?: string;
    }
  /** `problem`: in the gateway's own words. */
  | { readonly status: 'signed_out'; readonly reason: EndReason; readonly problem?: Problem }
  /** The page was opened at the gateway's address: a person compares `fingerprint` (null: not known yet) and types a key. */
  | { readonly status: 'by_hand'; readonly fingerprint: string | null; readonly problem?: Problem };

export interface BridgeListener {
  onLink(state: LinkState): void;
  onFrame(frame: ServerFrame): void;
  /** What is followed, and from where: goes along with the first frame, so that catching up takes one round trip. */
  following?(): ReadonlyMap<SessionId, number>;
}

/** What a person can do about the sealed link by hand. */
export interface SealedControls {
  /** Name of the gateway, as its pairing link said it; null before that. */
  readonly gatewayName: string | null;
  /** Lets this page in by a key, at the gateway whose fingerprint is shown. `keep`: over reloads. */
  connectWithKey(key: string, keep: boolean): void;
  /** Forgets the gateway, and this device's key for it. */
  forget(): Promise<void>;
}

/** The one door between this page and the gateway, whatever it is made of. */
export interface Bridge {
  readonly kind: 'window' | 'browser';
  connect(listener: BridgeListener): void;
  /** False when the link is not open: nothing was sent. */
  send(frame: ClientFrame): boolean;
  /** Does not wait for the next attempt. */
  reconnectNow(): void;
  /** The system's folder dialog, where there is one. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
  /** The system's dialog for one file; the window alone has it. */
  readonly chooseFile?: () => Promise<string | null>;
  /** Shows one of the app's own folders; the window alone can. */
  readonly openPlace?: (place: Place) => Promise<boolean>;
  /** Hears what the app's menu, a link or a later start asks; the window alone has them. */
  readonly onCommand?: (listener: (command: PageCommand) => void) => void;
  /** The system's notifications; the window alone has them. */
  readonly notices?: (request: NoticeRequest) => Promise<NoticeState>;
  /** Tells the app around the page something of it; the window alone has one. */
  readonly note?: (note: PageNote) => void;
  /** Changes how the app stands on this machine, or (null) asks; the window alone can. */
  readonly desktop?: (change: DesktopChange | null) => Promise<DesktopAnswer>;
  /** Where a file or folder that was dropped stands on the disk; the window alone knows. */
  readonly pathOf?: (dropped: File) => string;
  /** Opens one more window of the app, for a session or (null) a new one; false: there are too many. The window alone can. */
  readonly openWindow?: (sessionId: SessionId | null) => Promise<boolean>;
  /** Opens an http(s) or mailto address outside; anything else is ignored. */
  openExternal(url: string): void;
  /** Null or absent: this link is not a sealed one. */
  readonly sealed?: SealedControls | null;
}

/** Only these leave the page. */
export function isOutsideLink(url: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(url.trim());
}

/** Opens an address outside of this page. */
export function openOutside(url: string): void {
  if (isOutsideLink(url)) window.open(url, '_blank', 'noopener,noreferrer');
}
