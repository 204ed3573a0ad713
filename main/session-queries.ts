import { refuseQuery } from './orchestrator/connection.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import { type QueryHandlers, StorageError } from './orchestrator/ports.ts';
import { noSession, storageProblem } from './orchestrator/problems.ts';
import { isFolderWithin, isNarrowed } from './orchestrator/restrictions.ts';
import type { Problem } from './protocol/errors.ts';
import { say } from './protocol/saying.ts';
import type { AttachmentStore } from './storage/attachment-store.ts';
import type { SettingsStore } from './storage/settings-store.ts';

const noAttachment: Problem = {
  code: 'not_found',
  say: say('files.noAttachment'),
  message: 'There is no such file in this session.',
  impact: 'It cannot be shown.',
  next: 'Attach the file again if you still have it.',
};

const goneAttachment: Problem = {
  ...noAttachment,
  say: say('files.attachmentGone'),
  message: 'The file of this attachment is not in the Quarterdeck folder any more.',
};

type SessionQueries = Pick<
  QueryHandlers,
  'upload' | 'read_attachment' | 'list_commands' | 'settings_get' | 'settings_set'
>;

/** Answers to questions about what belongs to sessions: their files, their CLI's commands, and the settings they run with. */
export function createSessionQueries(parts: {
  orchestrator: Orchestrator;
  attachments: AttachmentStore;
  settings: SettingsStore;
}): SessionQueries {
  const { orchestrator, attachments, settings } = parts;
  return {
    async upload({ type: _type, command_id: _id, ...piece }, { actor, scopes }) {
      const by = { id: `${actor.kind} ${actor.id ?? ''}`, owner: actor.kind === 'owner' || scopes.has('admin') };
      const answer = await attachments.upload(piece, by);
      return answer.ok ? answer.value : refuseQuery(answer.error);
    },
    read_attachment({ session_id, attachment_id, offset }) {
      // Whoever may read a session may read what stands in it, and nothing else by guessing.
      const attachment = orchestrator.runtime(session_id)?.state.attachments[attachment_id];
      if (!attachment) return refuseQuery(noAttachment);
      const piece = attachments.read(attachment_id, offset);
      if (!piece) return refuseQuery(goneAttachment);
      const { name, media_type } = attachment;
      return { ...piece, name, media_type };
    },
    list_commands({ session_id }) {
      const runtime = orchestrator.runtime(session_id);
      if (!runtime) return refuseQuery(noSession);
      return { commands: orchestrator.commands.of(runtime.state.provider, runtime.state.cwd) };
    },
    settings_get(_query, principal) {
      const kept = settings.get();
      const { ductor_folder: folder } = kept;
      // To who is narrowed, a folder outside is not told.
      const hidden = folder !== null && isNarrowed(principal) && !isFolderWithin(principal, folder);
      return { settings: hidden ? { ...kept, ductor_folder: null } : kept };
    },
    settings_set({ settings: change }) {
      try {
        return { settings: settings.set(change) };
      } catch (error) {
        if (error instanceof StorageError) return refuseQuery(storageProblem(error));
        throw error;
      }
    },
  };
}
