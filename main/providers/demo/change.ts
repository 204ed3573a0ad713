import type { Result } from '../../base/result.ts';
import type { ToolKind } from '../../protocol/values.ts';
import { type PreparedChange, prepareDelete, prepareEdit, prepareWrite } from './folder-change.ts';
import type { Refusal } from './folder-path.ts';
import { code, type Guide, sayWouldDo } from './guide.ts';

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
  const { turn, cwd, words } = guide;
  if (guide.mode() === 'plan') {
    await sayWouldDo(guide, [wanted.intention, words.showDifference, words.makeChange]);
    return false;
  }
  await turn.think(words.aboutTo(wanted.intention));
  let answer = '';
  const call = { tool: wanted.tool, kind: wanted.kind, title: wanted.name, input: wanted.input };
  const outcome = await turn.tool(call, async (id) => {
    const prepared = await wanted.prepare();
    if (!prepared.ok) {
      answer = prepared.error(words);
      return { status: 'failed', output: answer };
    }
    const { path, diff, commit } = prepared.value;
    // Deleting is not an edit: it is asked for even where edits are not.
    if (guide.mode() !== 'accept-edits' || wanted.kind === 'delete') {
      const permission = await turn.permission(id, {
        ...call,
        diff,
        path,
        reason: words.consentToChange,
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
        answer = words.leftAlone(code(wanted.name), permission.message ?? '');
        return { status: 'denied', output: permission.message || words.notAllowed };
      }
    }
    if (guide.mode() === 'plan') {
      answer = words.leftAlonePlan(code(wanted.name));
      return { status: 'denied', output: words.switchedToPlan };
    }
    turn.checkStopped();
    const made = await commit();
    if (!made.ok) {
      answer = made.error(words);
      return { status: 'failed', output: answer };
    }
    turn.fileEdited(id, diff);
    answer = wanted.done(diff);
    return { status: 'completed', output: answer };
  });
  await turn.say(answer);
  return outcome.status === 'completed';
}

export function write(guide: Guide, name: string, text: string | null): Promise<boolean> {
  const { words } = guide;
  const content = text ?? words.defaultText;
  return change(guide, {
    tool: 'Write',
    kind: 'edit',
    name,
    input: { path: name, text: content },
    intention: words.writeStep(content.length, name),
    done: ({ change: kind, added, removed }) =>
      kind === 'create' ? words.created(code(name), added) : words.replaced(code(name), added, removed),
    prepare: () => prepareWrite(guide.cwd, name, content),
  });
}

export function edit(guide: Guide, name: string, from: string, to: string): Promise<boolean> {
  return change(guide, {
    tool: 'Edit',
    kind: 'edit',
    name,
    input: { path: name, replace: from, with: to },
    intention: guide.words.editStep(from.slice(0, 100), to.slice(0, 100), name),
    done: ({ added, removed }) => guide.words.edited(code(name), added, removed),
    prepare: () => prepareEdit(guide.cwd, name, from, to),
  });
}

export function remove(guide: Guide, name: string): Promise<boolean> {
  return change(guide, {
    tool: 'Delete',
    kind: 'delete',
    name,
    input: { path: name },
    intention: guide.words.deleteStep(name),
    done: ({ removed }) => guide.words.deleted(code(name), removed),
    prepare: () => prepareDelete(guide.cwd, name),
  });
}
