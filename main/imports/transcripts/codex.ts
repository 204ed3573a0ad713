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

/** Lines that hold settings, counts, or once more what a `response_item` says. */
const silent = new Set([
  'event_msg',
  'turn_context',
  'world_state',
  'token_usage_record',
  'compacted',
  'ghost_snapshot',
  'inter_agent_communication',
]);

/** Words Codex writes in the person's name. Newer versions also name them in `content_item_kinds`. */
const ownWords =
  /^\s*(<(environment_context|user_instructions|permissions instructions|skills_instructions|turn_aborted|subagent_notification|user_shell_command|collaboration_mode|skill|apps_instructions|plugins_instructions)>|# AGENTS\.md instructions for )/;

/**
 * One line of `$CODEX_HOME/sessions/YYYY/MM/DD/rollout-*.jsonl` of Codex (seen with 0.169.0): `{timestamp, type, payload}`; the first versions
 * wrote the bare payload. What is said stands in `response_item`, the folder in `session_meta`.
 */
export const parseCodexLine: ParseLine = (text) => {
  const line = readObject(text);
  if (!line) return null;
  const ts = readTime(line.timestamp);
  const payload = asObject(line.payload);
  if (line.type === 'session_meta' && payload) return aboutSession(payload);
  if (line.type === 'response_item' && payload) return responseItem(payload, ts);
  if (silent.has(asText(line.type))) return [];
  if (payload === null && line.record_type === 'state') return [];
  if (payload === null && typeof line.id === 'string' && line.type === undefined) return aboutSession(line);
  return payload === null ? responseItem(line, ts) : null;
};

function aboutSession(meta: Json): TranscriptChange[] {
  const id = asText(meta.id);
  const part = asObject(meta.source)?.subagent !== undefined || meta.thread_source === 'subagent';
  const cwd = asText(meta.cwd);
  return [
    {
      op: 'about',
      ...(id ? { provider_session_id: id } : {}),
      ...(cwd ? { cwd } : {}),
      ...(part ? { part: true } : {}),
    },
  ];
}

function responseItem(payload: Json, ts: number | null): TranscriptChange[] | null {
  switch (payload.type) {
    case 'message':
      return message(payload, ts);
    case 'reasoning': {
      const body = boundedSaid(partsText(payload.summary) || partsText(payload.content));
      return body.trim() === '' ? [] : [{ op: 'put', item: { key: null, ts, kind: 'reasoning', body } }];
    }
    case 'function_call':
      return call(payload, readArguments(payload.arguments), ts);
    case 'custom_tool_call':
      return call(payload, payload.input, ts);
    case 'local_shell_call':
      return call({ name: 'shell', ...payload }, payload.action, ts);
    case 'web_search_call':
      return call({ name: 'web_search', ...payload }, payload.action, ts);
    case 'tool_search_call':
    case 'image_generation_call':
      return call({ name: payload.type, ...payload }, payload.arguments ?? {}, ts);
    case 'function_call_output':
    case 'custom_tool_call_output':
    case 'tool_search_output':
      return output(payload, ts);
    case 'compaction':
    case 'compaction_summary':
    case 'compaction_trigger':
    case 'context_compaction':
    case 'ghost_snapshot':
    case 'additional_tools':
    case 'agent_message':
      return [];
    default:
      return null;
  }
}

function message(payload: Json, ts: number | null): TranscriptChange[] {
  const { role } = payload;
  if (role !== 'user' && role !== 'assistant') return [];
  const parts = asArray(payload.content).map((part) => asText(asObject(part)?.text));
  const kinds = asArray(asObject(payload.internal_chat_message_metadata_passthrough)?.content_item_kinds);
  const said = role === 'assistant' ? parts : parts.filter((part, at) => isPersons(part, kinds[at]));
  const body = boundedSaid(said.filter((part) => part.trim() !== '').join('\n'));
  return body === '' ? [] : [{ op: 'put', item: { key: null, ts, kind: role === 'user' ? 'user' : 'text', body } }];
}

const isPersons = (part: string, kind: unknown): boolean =>
  (typeof kind !== 'string' || kind === 'unknown' || kind.startsWith('user')) && !ownWords.test(part);

function call(payload: Json, input: unknown, ts: number | null): TranscriptChange[] {
  const key = asText(payload.call_id) || asText(payload.id) || null;
  return [{ op: 'put', item: { key, ts, kind: 'tool', tool: asText(payload.name), ...toolInput(input) } }];
}

function readArguments(value: unknown): unknown {
  return typeof value === 'string' ? (readObject(value) ?? value) : value;
}

function output(payload: Json, ts: number | null): TranscriptChange[] {
  const wrapped = asText(payload.output).startsWith('{') ? readObject(asText(payload.output)) : null;
  const metadata = asObject(wrapped?.metadata);
  const body = boundedTool(wrapped && metadata ? asText(wrapped.output) : partsText(payload.output));
  const exitCode = metadata
    ? Number(metadata.exit_code ?? 0)
    : Number(/^(?:Process exited with code|Exit code:) (-?\d+)$/m.exec(body.slice(0, 500))?.[1] ?? 0);
  return [{ op: 'result', key: asText(payload.call_id), ts, body, failed: exitCode !== 0 }];
}
