import { lazy } from 'react';
import { early } from '../../ui/early.tsx';
import { ConversationSkeleton } from '../conversation/conversation-skeleton.tsx';

// What is not needed to read and write comes when it is opened, or when there is nothing else to do.
const load = {
  digest: () => import('../composer/digest-card.tsx').then((module) => ({ default: module.DigestCard })),
  find: () => import('../conversation/find-bar.tsx').then((module) => ({ default: module.FindBar })),
  goal: () => import('../goals/goal-strip.tsx').then((module) => ({ default: module.GoalStrip })),
  meter: () => import('../composer/meter-panel.tsx').then((module) => ({ default: module.MeterPanel })),
  history: () => import('../imports/history-page.tsx').then((module) => ({ default: module.HistoryPage })),
  inbox: () => import('../inbox/inbox-page.tsx').then((module) => ({ default: module.InboxPage })),
  importPage: () => import('../imports/import-page.tsx').then((module) => ({ default: module.ImportPage })),
  leave: () => import('../link/leave-dialog.tsx').then((module) => ({ default: module.LeaveDialog })),
  newSession: () => import('../new-session/new-session.tsx').then((module) => ({ default: module.NewSession })),
  firstStart: () => import('../providers/first-start.tsx').then((module) => ({ default: module.FirstStart })),
  panel: () => import('../panel/side-panel.tsx').then((module) => ({ default: module.SidePanel })),
  palette: () => import('../palette/palette.tsx').then((module) => ({ default: module.Palette })),
  signedOut: () => import('./signed-out.tsx').then((module) => ({ default: module.SignedOut })),
  settings: () => import('../settings/settings.tsx').then((module) => ({ default: module.Settings })),
};

const conversation = early(
  () => import('../conversation/conversation-pane.tsx').then((module) => module.ConversationPane),
  () => (
    <section className="conversation">
      <ConversationSkeleton />
    </section>
  ),
);
/** The frame of the page stands before what reads and writes a conversation is here, which is asked for at once. */
export const { View: ConversationPane, fetch: fetchConversation } = conversation;

export const DigestCard = lazy(load.digest);
export const FindBar = lazy(load.find);
export const GoalStrip = lazy(load.goal);
export const MeterPanel = lazy(load.meter);
export const HistoryPage = lazy(load.history);
export const InboxPage = lazy(load.inbox);
export const ImportPage = lazy(load.importPage);
export const LeaveDialog = lazy(load.leave);
export const NewSession = lazy(load.newSession);
export const FirstStart = lazy(load.firstStart);
export const SidePanel = lazy(load.panel);
export const Palette = lazy(load.palette);
export const SignedOut = lazy(load.signedOut);
export const Settings = lazy(load.settings);

/** How long after the start the rest is fetched, milliseconds: what is shown first goes first. */
const quietMs = 1_500;

/** Fetches the rest while the link is there, so that every pane opens without one, too. */
export function fetchPanes(): () => void {
  const timer = setTimeout(() => {
    // One that cannot be fetched now is tried again when it is opened.
    for (const one of Object.values(load)) one().catch(() => {});
  }, quietMs);
  return () => clearTimeout(timer);
}
