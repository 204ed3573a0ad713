import type { Result } from '../../base/result.ts';
import type { ToolKind } from '../../protocol/values.ts';
import { type PreparedChange, prepareDelete, prepareEdit, prepareWrite } from './folder-change.ts';
import type { Refusal } from './folder-path.ts';
import { code, type Guide, plural, sayWouldDo } from './guide.ts';

interface Change {
  tool: 'Write' | 'Edit' | 'Delete';
  kind: ToolKind;
  name: string;
  input: unknown;
  /** What it is about to do, for the reasoning and for plan mode. */
  intention: string;
  /** Said when it is done. */
  done: (diff: PreparedChange['diff']) => string;
  prepare: () => Promise<Result<PreparedChange, Refusal>>;
}

/** True when the change was made. */
async function change(guide: Guide, wanted: Change): Promise<boolean> {
  const { turn, cwd } = guide;
  if (guide.mode() === 'plan') {
    await sayWouldDo(guide, [wanted.intention, 'Show you the exact difference', 'Make the change']);
    return false;
  }
  await turn.think(`I am about to ${wanted.intention.replace(/^./, (letter) => letter.toLowerCase())}.`);
  let answer = '';
  const call = { tool: wanted.tool, kind: wanted.kind, title: wanted.name, input: wanted.input };
  const outcome = await turn.tool(call, async (id) => {
    const prepared = await wanted.prepare();
    if (!prepared.ok) {
      answer = prepared.error;
      return { status: 'failed', output: prepared.error };
    }
    const { path, diff, commit } = prepared.value;
    // Deleting is not an edit: it is asked for even where edits are not.
    if (guide.mode() !== 'accept-edits' || wanted.kind === 'delete') {
      const permission = await turn.permission(id, {
        ...call,
        diff,
        path,
        reason: 'The guide changes files only with your consent.',
        rule:
          wanted.kind === 'delete'
            ? null
            : {
                tool: wanted.tool,
                match: 'folder',
                pattern: cwd,
                label: `${wanted.tool.toLowerCase()} files in this folder`,
              },
      });
      if (permission.decision === 'deny') {
        const why = permission.message ? ` You said: “${permission.message}”` : '';
        answer = `I left ${code(wanted.name)} alone, because it was not allowed.${why}`;
        return { status: 'denied', output: permission.message || 'Not allowed.' };
      }
    }
    if (guide.mode() === 'plan') {
      answer = `I left ${code(wanted.name)} alone: the session was switched to plan mode.`;
      return { status: 'denied', output: 'The session was switched to plan mode.' };
    }
    turn.checkStopped();
    const made = await commit();
    if (!made.ok) {
      answer = made.error;
      return { status: 'failed', output: made.error };
    }
    turn.fileEdited(id, diff);
    answer = wanted.done(diff);
    return { status: 'completed', output: answer };
  });
  await turn.say(answer);
  return outcome.status === 'completed';
}

const defaultText = "Written by Quarterdeck's built-in guide.\n";

export function write(guide: Guide, name: string, text: string | null): Promise<boolean> {
  const content = text ?? defaultText;
  return change(guide, {
    tool: 'Write',
    kind: 'edit',
    name,
    input: { path: name, text: content },
    intention: `Write ${plural(content.length, 'character')} to ${name}`,
    done: (diff) =>
      `${diff.change === 'create' ? 'I created' : 'I replaced the text of'} ${code(name)} (${plural(diff.added, 'line')} added${diff.removed > 0 ? `, ${diff.removed} removed` : ''}).`,
    prepare: () => prepareWrite(guide.cwd, name, content),
  });
}

export function edit(guide: Guide, name: string, from: string, to: string): Promise<boolean> {
  return change(guide, {
    tool: 'Edit',
    kind: 'edit',
    name,
    input: { path: name, replace: from, with: to },
    intention: `Replace “${from.slice(0, 100)}” with “${to.slice(0, 100)}” in ${name}`,
    done: (diff) => `I changed ${code(name)}: ${plural(diff.added, 'line')} added, ${diff.removed} removed.`,
    prepare: () => prepareEdit(guide.cwd, name, from, to),
  });
}

export function remove(guide: Guide, name: string): Promise<boolean> {
  return change(guide, {
    tool: 'Delete',
    kind: 'delete',
    name,
    input: { path: name },
    intention: `Delete ${name}`,
    done: (diff) => `I deleted ${code(name)} (${plural(diff.removed, 'line')}).`,
    prepare: () => prepareDelete(guide.cwd, name),
  });
}
