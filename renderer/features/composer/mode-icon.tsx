import { FilePen, Map as MapIcon, ShieldAlert, ShieldQuestionMark } from 'lucide-react';
import type { PermissionMode } from '../../../main/protocol/values.ts';

const icons = { ask: ShieldQuestionMark, 'accept-edits': FilePen, plan: MapIcon, full: ShieldAlert };

export function ModeIcon({ mode, size = 15 }: { mode: PermissionMode; size?: number }) {
  const Icon = icons[mode];
  return <Icon size={size} aria-hidden />;
}
