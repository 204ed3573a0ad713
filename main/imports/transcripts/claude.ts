import { partsText, toolInput } from './tool-text.ts';
import {
  asArray,
  asObject,
  asText,
  boundedSaid,
  boundedTool,
  type Json,
  type ParseLine,
  readObject,
  readTime,
  type TranscriptChange,
} from './transcript.ts';

/** Lines Claude Code keeps for itself: requests, snapshots, its state. They say nothing to a person. */
const silent = new Set([
  'api-request',
  'api-request-blob',
  'api-request-shape',
  'agent-color',
  'agent-name',
  'agent-setting',
  'atis-latch',
  'attachment',
  'attribution-snapshot',
  'content-replacement',
  'cost-state',
  'file-history-snapshot',
  'last-prompt',
  'marble-origami-commit',
  'marble-origami-snapshot',
  'mode',
  'permission-mode',
  'pr-link',
  'progress',
  'prompt_snapshot',
  'queue-operation',
  'speculation-accept',
  'system',
  'tag',
  'task-summary',
  'tools-used',
  'worktree-state',
]);

/** Words Claude Code writes in the person's name: output of its own commands, reminders, the caveat before them. */
const ownWords =
  /^\s*(<(command-name|command-message|command-args|local-command-\w+|system-reminder|bash-\w+|task-notification)>|Caveat: )/;

/**
 * One line of `<config>/projects/<cwd>/<session id>.jsonl` of Claude Code (seen with 2.1.197 and 2.1.328). What is said stands in lines of type
 * `user` and `assistant`, one a content block; tool results come back as `user`.
 */
export const parseClaudeLine: ParseLine = (text) => {
  const line = readObject(text);
  if (!line) return null;
  const type = asText(line.type);
  if (type === 'summary') return titled(line.summary, false);
  if (type === 'ai-title') return titled(line.aiTitle, false);
  if (type === 'custom-title') return titled(line.customTitle, true);
  if (silent.has(type)) return [];
  if (type !== 'user' && type !== 'assistant') return null;
  if (line.isSidechain === true || line.isMeta === true) return [];
  const message = asObject(line.message);
  if (!message) return null;
  const changes: TranscriptChange[] = typeof line.cwd === 'string' ? [{ op: 'about', cwd: line.cwd }] : [];
  const content = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
  for (const [at, value] of asArray(content).entries()) {
    const block = asObject(value);
    const change = block && (type === 'user' ? userBlock(line, block) : assistantBlock(line, block, at));
    if (change) changes.push(change);
  }
  return changes;
};

const titled = (value: unknown, given: boolean): TranscriptChange[] =>
  asText(value) === '' ? [] : [{ op: 'about', title: { text: asText(value), given } }];

function userBlock(line: Json, block: Json): TranscriptChange | null {
  const ts = readTime(line.timestamp);
  if (block.type === 'tool_result') {
    const body = boundedTool(partsText(block.content));
    return { op: 'result', key: asText(block.tool_use_id), ts, body, failed: block.is_error === true };
  }
  if (line.isCompactSummary === true) return null;
  const body = block.type === 'image' ? '[image]' : asText(block.text);
  if (body.trim() === '' || ownWords.test(body)) return null;
  return { op: 'put', item: { key: null, ts, kind: 'user', body: boundedSaid(body) } };
}

function assistantBlock(line: Json, block: Json, at: number): TranscriptChange | null {
  const ts = readTime(line.timestamp);
  switch (block.type) {
    case 'text': {
      const body = asText(block.text);
      return body.trim() === '' ? null : { op: 'put', item: { key: null, ts, kind: 'text', body: boundedSaid(body) } };
    }
    case 'thinking': {
      const body = asText(block.thinking);
      if (body.trim() === '') return null;
      return { op: 'put', item: { key: null, ts, kind: 'reasoning', body: boundedSaid(body) } };
    }
    case 'tool_use':
    case 'server_tool_use': {
      const tool = asText(block.name);
      const key = asText(block.id) || `${asText(line.uuid)}/${at}`;
      return { op: 'put', item: { key, ts, kind: 'tool', tool, ...toolInput(block.input) } };
    }
    default:
      return null;
  }
}
