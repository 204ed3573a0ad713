import type { ApprovalId, SessionId } from '../../main/protocol/ids.ts';
import { noticeText } from '../../main/protocol/notice-text.ts';
import { noticeWords } from '../../main/protocol/notice-words.ts';
import {
  mayTell,
  type Notice,
  type NoticeStep,
  type Sight,
  sees,
  watchForNotices,
} from '../../main/protocol/notices.ts';
import type { SessionSummary } from '../../main/protocol/views.ts';
import { spokenLanguage } from '../strings/index.ts';
import type { Client } from './client.ts';
import { meanRequest } from './meant-request.ts';
import { keptNotices } from './notice-settings.ts';
import { go, routeStore } from './route.ts';
import { shownPlace } from './shown-place.ts';

/** How long the other tabs of this browser have to say that they show it already, milliseconds. */
const othersMs = 150;

/** Where a notification leads. */
interface Target {
  readonly session_id: SessionId;
  readonly approval_id?: ApprovalId;
}

const sight = (): Sight => ({
  focused: document.visibilityState === 'visible' && document.hasFocus(),
  ...shownPlace(routeStore.getState()),
});

function lead({ session_id, approval_id }: Target): void {
  go({ name: 'session', sessionId: session_id });
  if (approval_id !== undefined) meanRequest(approval_id);
}

/** Tells by the browser's notifications what changes from now on. The words say less than those of the app: what is asked is read on the page. */
export function tellFromPage(client: Client): void {
  const others = new BroadcastChannel('quarterdeck-notices');
  /** Notices that are shown, or about to be, by their key. */
  const open = new Map<string, Notice>();
  let step: ((session: SessionSummary, now: number) => NoticeStep) | null = null;

  let known: ReadonlyMap<SessionId, SessionSummary> = new Map();

  const withdraw = (key: string): void => {
    if (open.delete(key)) void closeShown(key);
  };
  others.onmessage = ({ data }: MessageEvent<{ type: 'asked' | 'seen'; notice: Notice }>) => {
    if (data.type === 'seen') open.delete(data.notice.key);
    else if (sees(sight(), data.notice)) others.postMessage({ type: 'seen', notice: data.notice });
  };
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ type?: string } & Target>) => {
    if (data?.type === 'lead') lead(data);
  });
  const looked = (): void => {
    for (const [key, notice] of open) if (sees(sight(), notice)) withdraw(key);
  };
  window.addEventListener('focus', looked);
  document.addEventListener('visibilitychange', looked);
  routeStore.subscribe(looked);

  const tell = (notice: Notice): void => {
    open.set(notice.key, notice);
    others.postMessage({ type: 'asked', notice });
    setTimeout(() => {
      if (open.has(notice.key) && mayTell(notice, keptNotices(), sight()))
        void showFromPage(textOf(notice), notice.key, targetOf(notice));
      else open.delete(notice.key);
    }, othersMs);
  };
  const follow = (): void => {
    const { loaded, byId } = client.sessions.getState();
    // What is shown from an earlier visit is no news.
    if (!loaded || client.connection.getState().shownAsOf !== null) return;
    if (step === null) {
      step = watchForNotices(byId.values());
      known = byId;
      return;
    }
    const before = known;
    known = byId;
    for (const session of byId.values()) {
      if (before.get(session.session_id) === session) continue;
      const { tell: fresh, withdraw: over } = step(session, Date.now());
      for (const key of over) withdraw(key);
      for (const notice of fresh) if (mayTell(notice, keptNotices(), sight())) tell(notice);
    }
  };
  client.sessions.subscribe(follow);
  follow();
}

const targetOf = ({ session, approval_id }: Notice): Target => ({ session_id: session.session_id, approval_id });

const textOf = (notice: Notice) =>
  noticeText({
    ...{ notice, record: null, words: noticeWords[spokenLanguage()], redact: (text: string) => text },
    // Desktops of Linux read tags.
    markup: /linux/i.test(navigator.platform),
  });

/** The worker's registration, by which phones show notifications; elsewhere a page can do it by itself. */
const registration = async (): Promise<ServiceWorkerRegistration | null> =>
  (await navigator.serviceWorker?.getRegistration().catch(() => undefined)) ?? null;

const shownByPage = new Map<string, Notification>();

/** Shows one notification; another of the same key takes its place, also from another tab. */
export async function showFromPage(
  { title, body }: { title: string; body: string },
  key: string,
  target: Target | null,
): Promise<void> {
  const options = { body, tag: key, icon: '/icon-192.png', silent: !keptNotices().sound, data: target };
  const worker = await registration();
  if (worker?.active) return worker.showNotification(title, options);
  const notification = new Notification(title, options);
  shownByPage.set(key, notification);
  notification.onclick = () => {
    window.focus();
    notification.close();
    if (target) lead(target);
  };
}

async function closeShown(key: string): Promise<void> {
  shownByPage.get(key)?.close();
  shownByPage.delete(key);
  const worker = await registration();
  for (const notification of (await worker?.getNotifications({ tag: key })) ?? []) notification.close();
}
