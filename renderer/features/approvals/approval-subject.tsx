import { FolderClosed } from 'lucide-react';
import type { FileDiff } from '../../../main/protocol/values.ts';
import { MarkdownView } from '../../markdown/markdown-view.tsx';
import type { Approval } from '../../store/transcript/view.ts';
import { shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import { useFolder } from '../conversation/session-context.ts';
import { DiffView } from '../tools/diff-view.tsx';
import { inputText, readableInput } from '../tools/tool-input.ts';

/** Exactly what would be done: the whole command, the change as a diff, or the whole input. */
export function ApprovalSubject({ approval }: { approval: Approval }) {
  const { request } = approval;
  const folder = useFolder();
  const home = useHomeFolder();
  const input = readableInput(request.input);
  const diffs = request.diffs ?? (request.diff ? [request.diff] : []);
  const shown = request.command !== undefined || diffs.length > 0;
  return (
    <div className="approval-subject">
      {request.reason && (
        <p className="approval-reason">
          <PlainText text={request.reason} />
        </p>
      )}
      {request.command !== undefined && <ExactText text={request.command} />}
      {diffs.length > 1 && <p className="approval-files">{filesWords(diffs)}</p>}
      {diffs.length > 0 && (
        <div className="approval-scroll">
          {diffs.map((diff) => (
            <DiffView key={diff.path} diff={diff} withHead cap="all" />
          ))}
        </div>
      )}
      {!shown && <OtherSubject approval={approval} />}
      <div className="approval-facts">
        {folder && (
          <span className="approval-folder" title={folder}>
            <FolderClosed size={13} aria-hidden /> <bdi dir="ltr">{shortPath(folder, home)}</bdi>
          </span>
        )}
        {shown && input && (
          <Fold summary={t.approval.allInput} className="approval-input">
            {() => (
              <pre className="mono-box">
                <PlainText text={input} />
              </pre>
            )}
          </Fold>
        )}
      </div>
    </div>
  );
}

function filesWords(diffs: readonly FileDiff[]): string {
  const sum = (of: 'added' | 'removed'): number => diffs.reduce((total, diff) => total + diff[of], 0);
  return t.approvalOptions.files(diffs.length, sum('added'), sum('removed'));
}

function ExactText({ text }: { text: string }) {
  return (
    <div className="exact-text">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} data-testid={testIds.approvalCommand}>
        <PlainText text={text} />
      </pre>
      <CopyButton text={text} />
    </div>
  );
}

function OtherSubject({ approval }: { approval: Approval }) {
  const { request } = approval;
  const plan = request.kind === 'plan' ? inputText(request.input, 'plan') : null;
  const input = readableInput(request.input);
  if (plan) {
    return (
      <div className="approval-scroll approval-plan">
        <MarkdownView text={plan} />
      </div>
    );
  }
  return (
    <>
      <p className="approval-title">
        <PlainText text={request.title} />
      </p>
      {input && <ExactText text={input} />}
    </>
  );
}
