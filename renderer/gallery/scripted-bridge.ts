import type { DesktopAnswer, DesktopChange } from '../../main/protocol/desktop.ts';
import type { Problem } from '../../main/protocol/errors.ts';
import type { ClientFrame, ServerFrame } from '../../main/protocol/frames.ts';
import type { MessageId, TurnId } from '../../main/protocol/ids.ts';
import { limits } from '../../main/protocol/limits.ts';
import { defaultNotices } from '../../main/protocol/notices.ts';
import { defaultSettings } from '../../main/protocol/settings.ts';
import type { SessionSummary } from '../../main/protocol/views.ts';
import type { Bridge, BridgeListener } from '../bridge.ts';
import { reduceFrames } from '../store/transcript/reduce-frames.ts';
import { emptyView } from '../store/transcript/view.ts';
import { accessAnswer } from './access-answers.ts';
import { sampleAgents, sampleCheck } from './agent-samples.ts';
import { approvalRecords } from './approval-records.ts';
import { sampleFiles } from './composer-scenes.ts';
import { dataAnswer } from './data-scenes.ts';
import { scriptedDesktop } from './desktop-scenes.ts';
import { drawPicture } from './draw-picture.ts';
import { EventWriter } from './event-writer.ts';
import { sampleHits, sampleImportStatus, sampleImports, sampleItems } from './import-samples.ts';
import { sampleJob, sampleReport } from './onboarding-scenes.ts';
import { sampleRules } from './samples.ts';
import type { Scene, Streaming } from './scene.ts';
import { sampleCommands } from './session-scenes.ts';

/** A gateway in a few lines, with scripted sessions; answers what the window asks, remembers nothing. */
export class ScriptedBridge implements Bridge {
  readonly kind: 'window' | 'browser';
  readonly desktop?: (change: DesktopChange | null) => Promise<DesktopAnswer>;
  readonly chooseFolder = null;
  readonly sealed = { gatewayName: 'desk', connectWithKey: () => {}, forget: async () => {} };
  readonly notices?: Bridge['notices'];
  readonly chooseFile?: () => Promise<string | null>;
  readonly openPlace?: () => Promise<boolean>;
  readonly #sessions: EventWriter[];
  readonly #scene: Scene;
  #listener: BridgeListener | null = null;
  #settings = defaultSettings;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.kind = scene.desktop ? 'window' : 'browser';
    if (scene.desktop) {
      this.desktop = scriptedDesktop(scene.desktop);
      this.chooseFile = async () => '/media/ada/stick/quarterdeck-backup.db';
      // No system stands behind it.
      this.openPlace = async () => false;
    }
    this.#sessions = [...scene.sessions];
    const { notices_of_app } = scene;
    if (notices_of_app === undefined) return;
    let settings = defaultNotices;
    this.notices = async (request) => {
      if (request.type === 'set') settings = { ...settings, ...request.change };
      return { settings, supported: notices_of_app === 'supported', actions: true };
    };
  }

  connect(listener: BridgeListener): void {
    this.#listener = listener;
    if (this.#scene.link?.status === 'signed_out' || this.#scene.link?.status === 'by_hand') {
      listener.onLink(this.#scene.link);
      return;
    }
    listener.onLink({ status: 'open' });
    this.#emit({
      type: 'welcome',
      protocol: 1,
      version: '0.1.0',
      actor: { kind: 'owner', via: 'browser' },
      scopes: [...(this.#scene.scopes ?? ['admin'])],
      server_time: Date.now(),
      home_dir: '/home/ada',
      platform: 'linux',
      notices: [...(this.#scene.notices ?? [])],
    });
    if (this.#scene.link) setTimeout(() => listener.onLink(this.#scene.link!), 300);
  }

  reconnectNow(): void {
    this.#listener?.onLink({ status: 'open' });
  }

  openExternal(url: string): void {
    console.info('open outside:', url);
  }

  send(frame: ClientFrame): boolean {
    queueMicrotask(() => this.#answer(frame));
    return true;
  }

  /** For measurements from outside. */
  feed(frame: ServerFrame): void {
    this.#emit(frame);
  }

  #emit(frame: ServerFrame): void {
    this.#listener?.onFrame(structuredClone(frame));
  }

  #ok(frame: ClientFrame, result: unknown): void {
    this.#emit({ type: 'response', command_id: frame.command_id, ok: true, result });
  }

  #answer(frame: ClientFrame): unknown {
    const access = accessAnswer(frame, this.#scene) ?? dataAnswer(frame, this.#scene);
    if (access?.ok) return this.#ok(frame, access.value);
    if (access)
      return this.#emit({ type: 'response', command_id: frame.command_id, ok: false, error: access.value as Problem });
    switch (frame.type) {
      case 'watch_sessions':
        return this.#emit({ type: 'sessions', sessions: this.#sessions.map(summaryOf) });
      case 'attach':
        return this.#attach(frame);
      case 'list_providers':
        return this.#ok(frame, { providers: this.#scene.providers });
      case 'list_folders':
        return this.#ok(frame, {
          path: frame.path ?? '/home/ada',
          parent: '/home',
          home: '/home/ada',
          folders: ['Documents', 'atlas', 'ledger', 'notes'].map((name) => ({ name, path: `/home/ada/${name}` })),
          writable: true,
          truncated: false,
        });
      case 'agents_list':
        return this.#ok(frame, { agents: sampleAgents });
      case 'agents_test':
        return this.#ok(frame, sampleCheck(frame.agent));
      case 'import_status':
      case 'import_scan':
        return this.#ok(frame, sampleImportStatus);
      case 'imports_list':
        return this.#ok(frame, {
          imports: sampleImports.filter((one) => !frame.provider || one.provider === frame.provider),
          next: null,
        });
      case 'import_read': {
        const items = sampleItems.filter(({ n }) => n > frame.after).slice(0, frame.limit);
        return this.#ok(frame, { session: sampleImports.find((one) => one.import_id === frame.import_id), items });
      }
      case 'search':
        return this.#ok(frame, { hits: sampleHits, more: false });
      case 'approvals_list':
        return this.#ok(frame, { approvals: approvalRecords(this.#sessions, frame), next: null });
      case 'rules_list':
        return this.#ok(frame, { rules: sampleRules });
      case 'status':
        return this.#ok(frame, {
          version: '0.1.0',
          versions: { node: '24.21.0' },
          pid: 4242,
          home: '/home/ada/.local/share/quarterdeck',
          composition: 'headless',
          url: 'http://127.0.0.1:8741/',
          started_at: Date.now() - 7_200_000,
          sessions: this.#sessions.length,
          running_turns: 1,
          connections: 1,
        });
      case 'doctor':
        return this.#ok(frame, sampleReport(this.#scene.providers));
      case 'provider_install':
        return this.#ok(frame, { job_id: 'job_sample' });
      case 'job':
        return this.#ok(frame, sampleJob(frame.offset));
      case 'provider_key_set':
        return setTimeout(() => this.#ok(frame, { kept_by: 'keychain', restarted: { now: 1, later: 0 } }), 400);
      case 'provider_key_delete':
        return this.#ok(frame, { restarted: { now: 0, later: 0 } });
      case 'verify':
        return this.#ok(frame, {
          ok: true,
          sessions: this.#sessions.map((one) => ({
            session_id: one.sessionId,
            ok: true,
            events: one.events.length,
            head: 'ab',
          })),
        });
      case 'new_chat':
        return this.#newChat(frame);
      case 'fork_session':
        return this.#ok(frame, { session_id: frame.session_id });
      case 'upload':
        return this.#upload(frame);
      case 'file_read': {
        const data = drawPicture();
        const about = { name: 'load.png', media_type: 'image/png', validator: 'v', offset: 0 };
        if (frame.path === 'plots/load.png') return this.#ok(frame, { ...about, bytes: atob(data).length, data });
        return this.#ok(frame, { ...about, name: 'gone.txt', media_type: 'text/plain', bytes: 1, data: 'eA==' });
      }
      case 'read_attachment':
        return this.#ok(frame, { data: drawPicture() });
      case 'drafts_list':
        return this.#ok(frame, { drafts: this.#scene.drafts ?? [] });
      case 'draft_get':
        return this.#ok(frame, { session_id: frame.session_id, text: '', attachments: [], rev: 0, written_at: 0 });
      case 'draft_set':
        return this.#ok(frame, {
          kept: true,
          draft: {
            ...{ session_id: frame.session_id, text: frame.text, attachments: frame.attachments, written_at: 0 },
            rev: frame.base + 1,
          },
        });
      case 'files_search':
        return this.#ok(frame, sampleFiles(frame.text));
      case 'list_commands':
        return this.#ok(frame, { commands: sampleCommands });
      case 'settings_get':
        return this.#ok(frame, { settings: this.#settings });
      case 'settings_set':
        this.#settings = { ...this.#settings, ...frame.settings };
        return this.#ok(frame, { settings: this.#settings });
      case 'ping':
      case 'detach':
        return this.#ok(frame, {});
      default:
        return this.#change(frame);
    }
  }

  #attach(frame: Extract<ClientFrame, { type: 'attach' }>): void {
    const writer = this.#sessions.find((one) => one.sessionId === frame.session_id);
    if (!writer) {
      const error = { code: 'not_found', message: 'There is no such session.' } as const;
      this.#emit({ type: 'response', command_id: frame.command_id, ok: false, error });
      return;
    }
    this.#ok(frame, {});
    const { session_id } = frame;
    this.#emit({ type: 'events', session_id, events: writer.events.slice(frame.after_seq) });
    this.#emit({ type: 'attached', session_id, seq: writer.events.length, head: '' });
    for (const streaming of this.#scene.streaming ?? []) if (streaming.writer === writer) this.#stream(streaming);
  }

  #stream({ writer, itemId, kind, text, start, speed }: Streaming): void {
    const place = { session_id: writer.sessionId, turn_id: writer.turnId as TurnId, item_id: itemId };
    this.#emit({ type: 'item_snapshot', ...place, kind, text: text.slice(0, start) });
    if (speed === 0) return;
    let offset = start;
    const timer = setInterval(() => {
      if (offset >= text.length || writer.turnId !== place.turn_id) return clearInterval(timer);
      this.#emit({ type: `${kind}_delta`, ...place, offset, text: text.slice(offset, offset + speed) });
      offset += speed;
    }, 30);
  }

  #newChat(frame: Extract<ClientFrame, { type: 'new_chat' }>): void {
    if (frame.cwd.includes('missing')) {
      const error = {
        code: 'folder_missing',
        message: `There is no folder ${frame.cwd}.`,
        impact: 'No session was started.',
        next: 'Check the path, or choose another folder.',
      } as const;
      this.#emit({ type: 'response', command_id: frame.command_id, ok: false, error });
      return;
    }
    const writer = new EventWriter({
      title: 'New session',
      cwd: frame.cwd,
      ago: 0,
      provider: frame.provider,
      mode: frame.mode,
    });
    this.#sessions.push(writer);
    this.#emit({ type: 'session_summary', session: summaryOf(writer) });
    this.#ok(frame, { session_id: writer.sessionId });
  }

  #upload(frame: Extract<ClientFrame, { type: 'upload' }>): void {
    const upload_id = frame.upload_id ?? 'upload-1';
    const offset = Math.min(frame.bytes, frame.offset + limits.chunkBytes);
    const { name, media_type, bytes } = frame;
    const attachment = { attachment_id: String(bytes).padStart(64, '0'), name, media_type, bytes };
    setTimeout(() => this.#ok(frame, offset >= bytes ? { attachment } : { upload_id, offset }), 150);
  }

  /** Commands to a session: enough to see the window react. */
  #change(frame: ClientFrame): void {
    const writer = 'session_id' in frame ? this.#sessions.find((one) => one.sessionId === frame.session_id) : undefined;
    if (!writer) {
      this.#ok(frame, {});
      return;
    }
    const seq = writer.events.length;
    const by = { kind: 'owner', via: 'browser' } as const;
    if (frame.type === 'message') {
      if (writer.turnId) writer.queue(frame.text, frame.attachments);
      else {
        writer.user(frame.text, by, frame.attachments);
        const itemId = `live-${seq}`;
        const text = `You said: **${frame.text}**\n\n${'Here is a longer answer in several sentences. '.repeat(60)}`;
        setTimeout(() => this.#stream({ writer, itemId, kind: 'text', text, start: 0, speed: 6 }), 300);
      }
    } else if (frame.type === 'approval_response')
      writer.answer(frame.approval_id, frame.decision, by, frame.message, frame.answers);
    else if (frame.type === 'abort') {
      writer.add({ type: 'abort_requested', by });
      writer.end('aborted');
    } else if (frame.type === 'set_mode') writer.add({ type: 'session_changed', mode: frame.mode, by });
    else if (frame.type === 'set_model') writer.add({ type: 'session_changed', model: frame.model, by });
    else if (frame.type === 'set_effort') writer.add({ type: 'session_changed', effort: frame.effort, by });
    else if (frame.type === 'set_provider') {
      writer.add({ type: 'session_changed', provider: frame.provider, model: null, effort: null, by });
      writer.add({ type: 'digest', text: 'What was said and done so far.', by: { kind: 'app', via: 'app' } });
    } else if (frame.type === 'set_digest') writer.add({ type: 'digest', text: frame.text, by });
    else if (frame.type === 'rewind') writer.add({ type: 'rewound', to_seq: frame.to_seq, by });
    else if (frame.type === 'keep_going')
      writer.add({ type: 'limit_extended', limit: 'idle', ends_at: Date.now() + 1_800_000, by });
    else if (frame.type === 'remove_session_rule') writer.add({ type: 'rule_removed', rule_id: frame.rule_id, by });
    else if (frame.type === 'rename_session') writer.add({ type: 'session_changed', title: frame.title, by });
    else if (frame.type === 'archive_session') writer.add({ type: 'session_changed', archived: frame.archived, by });
    else if (frame.type === 'queue_remove')
      writer.add({ type: 'queue_removed', queue_id: frame.queue_id, reason: 'cancelled', by });
    else if (frame.type === 'queue_edit')
      writer.add({ type: 'queue_edited', queue_id: frame.queue_id, text: frame.text, by });
    else if (frame.type === 'queue_move')
      writer.add({ type: 'queue_moved', queue_id: frame.queue_id, before: frame.before, by });
    this.#ok(frame, { turn_id: frame.type === 'message' ? writer.turnId : undefined, message_id: '' as MessageId });
    this.#emit({ type: 'events', session_id: writer.sessionId, events: writer.events.slice(seq) });
    this.#emit({ type: 'session_summary', session: summaryOf(writer) });
  }
}

/** The line of the list, as the window itself would derive it. */
function summaryOf(writer: EventWriter): SessionSummary {
  const { view } = reduceFrames(emptyView(writer.sessionId), [
    { type: 'events', session_id: writer.sessionId, events: [...writer.events] },
  ]);
  const last = view.lastTurn ? view.turns.get(view.lastTurn) : undefined;
  const words = last?.items.findLast((item) => item.kind === 'text' || item.kind === 'user');
  const status = view.waiting.length > 0 ? 'waiting' : view.runningTurn ? 'running' : last?.status;
  const { title, cwd, provider, model, mode, archived, createdAt, origin } = view.meta!;
  const running = view.runningTurn ? view.turns.get(view.runningTurn) : undefined;
  const tool = running?.items.findLast((item) => item.kind === 'tool' && item.status === 'running');
  return {
    session_id: writer.sessionId,
    title,
    cwd,
    provider,
    model,
    mode,
    archived,
    status:
      status === 'waiting' || status === 'running' || status === 'failed' || status === 'interrupted' ? status : 'idle',
    turn_id: view.runningTurn,
    pending_approvals: [...view.waiting],
    queue: [],
    ...(running && { running_since: running.startedAt }),
    ...(tool?.kind === 'tool' && {
      activity: { kind: tool.toolKind, title: tool.title, since: running?.startedAt ?? createdAt },
    }),
    ...askedOf(writer, view.waiting),
    ...(last?.status === 'failed' && last.problem && { failure: last.problem }),
    ...(origin?.kind === 'fork' && { forked_from: origin.session_id }),
    seq: view.seq,
    created_at: createdAt,
    updated_at: writer.events.at(-1)?.ts ?? createdAt,
    preview: (words && 'text' in words ? words.text : '').replace(/[*`#\n]+/g, ' ').slice(0, 120),
  };
}

function askedOf({ events }: EventWriter, waiting: readonly string[]): Pick<SessionSummary, 'asks'> {
  const first = events.find((event) => event.type === 'approval_request' && waiting.includes(event.approval_id));
  return first?.type === 'approval_request' ? { asks: { kind: first.kind, title: first.title } } : {};
}
