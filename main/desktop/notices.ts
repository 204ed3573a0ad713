import type { Clock } from '../base/clock.ts';
import type { ApprovalId, SessionId } from '../protocol/ids.ts';
import type { NoticeSettings } from '../protocol/notice-settings.ts';
import { type AskedRecord, isApproval, mayAllowHere, noticeText } from '../protocol/notice-text.ts';
import type { NoticeWords } from '../protocol/notice-words.ts';
import { mayTell, type Notice, type Sight, sees, watchForNotices } from '../protocol/notices.ts';
import type { SessionSummary } from '../protocol/views.ts';

/** What a notification of the system looks like, and what a person can do with it. */
export interface ShownNotice {
  title: string;
  body: string;
  silent: boolean;
  /** Empty where the system has none. */
  actions: readonly { label: string; does: () => void }[];
  clicked(): void;
  /** It is on the screen from now on. */
  shown(): void;
}

/** The system's notifications. */
export interface NoticeSystem {
  readonly supported: boolean;
  /** A notification can have buttons. */
  readonly actions: boolean;
  /** The system reads tags in the text. */
  readonly markup: boolean;
  /** @returns takes it away again, also from where the system keeps those it does not show any more. */
  show(notice: ShownNotice): () => void;
}

export interface NoticeParts {
  system: NoticeSystem;
  clock: Pick<Clock, 'now'>;
  settings: () => NoticeSettings;
  words: () => NoticeWords;
  sight: () => Sight;
  /** The screen is locked: whoever presses something may be anybody. */
  locked: () => boolean;
  redact: (text: string) => string;
  /** The request as the log has it; null: it cannot be had. */
  request: (approval_id: ApprovalId) => Promise<AskedRecord | null>;
  /** Answers as the person at this machine. False: it was refused. */
  answer: (record: AskedRecord, decision: 'allow_once' | 'deny') => Promise<boolean>;
  /** Leads to a session, and to the request in it. */
  open: (session_id: SessionId, approval_id?: ApprovalId) => void;
}

export interface Notices {
  changed(session: SessionSummary): void;
  /** What is before the person's eyes may be another thing now: what they see needs no notification any more. */
  looked(): void;
  /** Shows one to try. */
  test(): void;
  /** Takes everything away: the app ends, and nothing would hear a click. */
  close(): void;
}

/** So soon nobody can have read it, milliseconds: the same as for a request in the page (renderer/features/approvals/answer-guard.ts). */
const unseenMs = 500;

/**
 * Tells the person what waits for them and what has ended, where they are not looking, once each, for as long as it holds. A click leads there. What
 * is plain enough can be allowed in the notification itself, and everything but a question refused.
 */
export function createNotices(sessions: Iterable<SessionSummary>, parts: NoticeParts): Notices {
  const step = watchForNotices(sessions);
  const open = new Map<string, { notice: Notice; takeAway: (() => void) | null }>();
  const { system } = parts;

  function withdraw(key: string): void {
    const shown = open.get(key);
    open.delete(key);
    shown?.takeAway?.();
  }

  async function tell(notice: Notice): Promise<void> {
    const shown: { notice: Notice; takeAway: (() => void) | null } = { notice, takeAway: null };
    open.set(notice.key, shown);
    const record = notice.approval_id === undefined ? null : await parts.request(notice.approval_id).catch(() => null);
    // Answered, or looked at, while it was asked for.
    if (open.get(notice.key) !== shown || !mayTell(notice, parts.settings(), parts.sight()))
      return withdraw(notice.key);
    shown.takeAway = show(notice, record);
  }

  function show(notice: Notice, record: AskedRecord | null): () => void {
    const words = parts.words();
    let shownAt: number | null = null;
    const lead = () => {
      withdraw(notice.key);
      parts.open(notice.session.session_id, notice.approval_id);
    };
    const decide = (asked: AskedRecord, decision: 'allow_once' | 'deny') => async () => {
      if (parts.locked()) return lead();
      // Meant for whatever was there before it, if for anything.
      if (shownAt === null || parts.clock.now() - shownAt < unseenMs) return lead();
      withdraw(notice.key);
      const done = await parts.answer(asked, decision).catch(() => false);
      if (!done) lead();
    };
    const { redact } = parts;
    const answers = system.actions && record !== null && isApproval(record) ? record : null;
    const mayAllow = answers !== null && mayAllowHere(answers, redact, system.markup);
    return system.show({
      ...noticeText({ notice, record, words, redact, markup: system.markup }),
      silent: !parts.settings().sound,
      actions: [
        ...(answers && mayAllow ? [{ label: words.allowOnce, does: () => void decide(answers, 'allow_once')() }] : []),
        ...(answers ? [{ label: words.deny, does: () => void decide(answers, 'deny')() }] : []),
      ],
      clicked: lead,
      shown: () => {
        shownAt ??= parts.clock.now();
      },
    });
  }

  return {
    changed(session) {
      const { tell: fresh, withdraw: over } = step(session, parts.clock.now());
      for (const key of over) withdraw(key);
      if (!system.supported) return;
      for (const notice of fresh) if (mayTell(notice, parts.settings(), parts.sight())) void tell(notice);
    },
    looked() {
      const sight = parts.sight();
      for (const [key, { notice }] of open) if (sees(sight, notice)) withdraw(key);
    },
    test() {
      const { title, body } = parts.words().test;
      const nothing = () => {};
      const silent = !parts.settings().sound;
      system.show({ title, body, silent, actions: [], clicked: nothing, shown: nothing });
    },
    close() {
      for (const key of [...open.keys()]) withdraw(key);
    },
  };
}
