import {
  Bot,
  Brain,
  CircleHelp,
  FilePen,
  FileSymlink,
  FileText,
  FileX,
  Globe,
  ListChecks,
  Search,
  SquareTerminal,
  Wrench,
} from 'lucide-react';
import type { ToolKind } from '../../../main/protocol/values.ts';

const icons = {
  read: FileText,
  edit: FilePen,
  delete: FileX,
  move: FileSymlink,
  search: Search,
  execute: SquareTerminal,
  think: Brain,
  fetch: Globe,
  plan: ListChecks,
  agent: Bot,
  question: CircleHelp,
  other: Wrench,
} satisfies Record<ToolKind, unknown>;

export function ToolIcon({ kind, size = 15 }: { kind: ToolKind; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} aria-hidden className="tool-icon" />;
}
