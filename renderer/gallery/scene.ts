import type { DesktopView } from '../../main/protocol/desktop.ts';
import type { Problem } from '../../main/protocol/errors.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Scope } from '../../main/protocol/scope.ts';
import type { ProviderInfo } from '../../main/protocol/values.ts';
import type { LinkState } from '../bridge.ts';
import type { Route } from '../store/route.ts';
import type { PanelTab } from '../store/side-panel.ts';
import type { EventWriter } from './event-writer.ts';

/** An open item that grows while it is looked at. */
export interface Streaming {
  readonly writer: EventWriter;
  readonly itemId: string;
  readonly kind: 'text' | 'reasoning' | 'tool_output';
  readonly text: string;
  /** How much of it is there at once, characters. The rest comes in pieces, unless there is no speed. */
  readonly start: number;
  /** Characters per 30 ms. */
  readonly speed: number;
}

export interface Scene {
  readonly sessions: readonly EventWriter[];
  readonly providers: readonly ProviderInfo[];
  readonly route?: Route;
  readonly link?: LinkState;
  /** Words that were typed and not sent. */
  readonly unsent?: readonly string[];
  /** What stands in the composer, with the caret at its end. */
  readonly draft?: string;
  /** What is looked for in the session that is shown. */
  readonly find?: string;
  /** Where something is being written on other devices. */
  readonly drafts?: readonly { readonly session_id: SessionId; readonly rev: number }[];
  /** What the client may do; without them everything. */
  readonly scopes?: readonly Scope[];
  readonly notices?: readonly Problem[];
  readonly streaming?: readonly Streaming[];
  /** What stands at the right of the session. */
  readonly panel?: { readonly tab: PanelTab; readonly wide?: boolean; readonly split?: boolean };
  /** The page stands in the app's window, on a system with notifications or without. */
  readonly notices_of_app?: 'supported' | 'unsupported';
  /** What the gateway tells about the data as a whole: something, nothing yet, that it cannot, what waits and went wrong, or that nothing a person asks for can be done. */
  readonly data?: 'filled' | 'empty' | 'failing' | 'waiting' | 'refusing';
  /** How the app stands on this machine: the page is its own window then. */
  readonly desktop?: DesktopView;
  /** What the gateway tells about keys, devices and doors: something, nothing, that it cannot, everything open, or that it will not. */
  readonly access?: 'filled' | 'empty' | 'failing' | 'open' | 'refusing';
}
