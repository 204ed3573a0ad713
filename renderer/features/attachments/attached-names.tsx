import { Paperclip } from 'lucide-react';
import type { Attachment } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';

/** What goes with a message, in one line. */
export function AttachedNames({ attachments }: { attachments: readonly Attachment[] }) {
  const names = attachments.map((one) => one.name).join(', ');
  return (
    <span className="attached-names" title={names}>
      <Paperclip size={12} role="img" aria-label={t.attach.list} />
      <span>{names}</span>
    </span>
  );
}
