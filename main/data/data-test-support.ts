import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExportQueries } from '../export-queries.ts';
import { homePaths } from '../home.ts';
import type { QueryRefusal } from '../orchestrator/connection.ts';
import type { QueryHandlers } from '../orchestrator/ports.ts';
import { World } from '../orchestrator/world-test-support.ts';
import type { DataTask, TaskKind, TaskResult } from '../protocol/data.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Attachment } from '../protocol/values.ts';
import { createAttachmentStore } from '../storage/attachment-store.ts';
import { createAttachmentUses } from '../storage/attachment-uses.ts';
import { createExportStore } from '../storage/export-store.ts';
import { applyPlannedRestore } from '../storage/restore.ts';
import { createData } from './data.ts';
import { createDataState } from './data-state.ts';

/** The real core over a real database, and everything about its data as a whole. */
export class DataWorld extends World {
  readonly paths = homePaths(this.folder);
  readonly log: string[] = [];
  secret = '';
  data = this.createData();

  createData(): ReturnType<typeof createData> {
    let ids = 0;
    const redact = (text: string) => (this.secret ? text.replaceAll(this.secret, '[redacted]') : text);
    const line = (message: string) => void this.log.push(message);
    return createData({
      ...{ db: this.db, home: this.folder, paths: homePaths(this.folder), orchestrator: this.orchestrator, redact },
      settings: () => this.settings,
      state: createDataState(homePaths(this.folder).dataState),
      page: createExportQueries({
        ...{ orchestrator: this.orchestrator, store: this.store, hashed: createExportStore(this.db), redact },
      }).page,
      attachments: createAttachmentStore(
        this.paths.attachments,
        () => this.clock.now(),
        createAttachmentUses(this.db).isNamed,
      ),
      canRestart: () => true,
      newId() {
        ids += 1;
        return `task_${ids}`;
      },
      log: { debug: line, info: line, warn: line, error: line },
      now: () => this.clock.now(),
    });
  }

  /** A refusal is an error here. */
  async query<T>(type: keyof typeof this.data.queries, fields: Record<string, unknown> = {}): Promise<T> {
    const handler = this.data.queries[type] as (query: unknown) => unknown;
    const answer = (await handler({ type, command_id: 'command-12345678', format: 'json', ...fields })) as
      | T
      | QueryRefusal;
    if ((answer as QueryRefusal | null)?.refused) throw new Error((answer as QueryRefusal).problem.message);
    return answer as T;
  }

  /** Begins a task and waits for its end. */
  async task(
    type: keyof QueryHandlers & keyof typeof this.data.queries,
    fields?: Record<string, unknown>,
  ): Promise<DataTask> {
    let { task_id } = await this.query<DataTask>(type, fields);
    for (;;) {
      const task = await this.query<DataTask>('data_task', { task_id });
      task_id = task.task_id;
      if (task.state !== 'running') return task;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** The result of a task that must succeed. */
  async done<K extends TaskKind>(
    _kind: K,
    type: keyof QueryHandlers & keyof typeof this.data.queries,
    fields?: Record<string, unknown>,
  ): Promise<TaskResult<K>> {
    const task = await this.task(type, fields);
    if (task.problem) throw new Error(`${task.problem.message} ${task.problem.detail}`);
    return task.result as TaskResult<K>;
  }

  /** A session with a turn, which has ended. */
  async spoken(
    text: string,
    options: { archived?: boolean; attachments?: Attachment[]; says?: string } = {},
  ): Promise<SessionId> {
    const client = this.connect();
    const { session_id } = await client.result({
      type: 'new_chat',
      cwd: '/project',
      provider: 'scripted',
      mode: 'ask',
    });
    await client.result({ type: 'rename_session', session_id, title: text });
    await client.result({ type: 'message', session_id, text, attachments: options.attachments ?? [] });
    this.provider.say({ type: 'text', item_id: `item-${session_id}`, text: options.says ?? `You said ${text}.` });
    this.provider.say({ type: 'turn_end', status: 'completed' });
    this.provider.say({ type: 'closed' });
    await new Promise((resolve) => setImmediate(resolve));
    if (options.archived) await client.result({ type: 'archive_session', session_id, archived: true });
    client.connection?.close();
    return session_id as SessionId;
  }

  /** A file that messages can refer to. */
  attachment(name: string, text: string): Attachment {
    const attachment_id = createHash('sha256').update(text).digest('hex');
    const folder = join(this.folder, 'attachments', attachment_id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'content'), text);
    this.attachmentsHere.add(attachment_id);
    return { attachment_id, name, media_type: 'text/plain', bytes: text.length };
  }

  /** Ends this and starts it again, with what was planned carried out in between. */
  async restart(): Promise<ReturnType<typeof applyPlannedRestore>> {
    await this.data.close();
    this.crash();
    const outcome = applyPlannedRestore(this.paths, this.clock.now());
    this.start();
    this.data = this.createData();
    return outcome;
  }

  /** Ends it, also where a test has ended the app in it. */
  async end(): Promise<void> {
    if (this.db.open) await this.data.close();
    this.close();
  }

  titles(): string[] {
    return this.orchestrator.summaries().map(({ title }) => title);
  }
}

export const dayMs = 86_400_000;
