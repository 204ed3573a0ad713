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

/** Words Gemini CLI writes in the person's name. */
const ownWords = /^\s*<(session_context|hook_context)>/;

/**
 * One line of `~/.gemini/tmp/<project>/chats/session-*.jsonl` of Gemini CLI (seen with 0.61.0). The file is a journal: a message with an id that
 * stood before replaces it, `$set.messages` replaces all, `$rewindTo` takes back from a message on. The older `session-*.json` is one value with
 * all messages, which is read the same way.
 */
export const parseGeminiLine: ParseLine = (text) => {
  const line = readObject(text);
  if (!line) return null;
  if (typeof line.$rewindTo === 'string') return [{ op: 'drop_from', prefix: `${line.$rewindTo}/` }];
  const set = asObject(line.$set);
  if (set)
    return Array.isArray(set.messages) ? [{ op: 'clear' }, ...messages(set.messages), ...summary(set)] : summary(set);
  if (typeof line.id === 'string') return message(line);
  if (typeof line.sessionId !== 'string') return null;
  const about: TranscriptChange = {
    op: 'about',
    provider_session_id: line.sessionId,
    ...(line.kind === 'subagent' ? { part: true } : {}),
  };
  return [about, ...summary(line), ...messages(line.messages)];
};

const summary = (line: Json): TranscriptChange[] =>
  asText(line.summary) ? [{ op: 'about', title: { text: asText(line.summary), given: false } }] : [];

const messages = (value: unknown): TranscriptChange[] =>
  asArray(value).flatMap((one) => {
    const line = asObject(one);
    return line && typeof line.id === 'string' ? message(line) : [];
  });

function message(line: Json): TranscriptChange[] {
  const ts = readTime(line.timestamp);
  const id = asText(line.id);
  const said = partsText(line.content);
  if (line.type === 'user') {
    if (said.trim() === '' || ownWords.test(said)) return [];
    return [{ op: 'put', item: { key: `${id}/said`, ts, kind: 'user', body: boundedSaid(said) } }];
  }
  if (line.type !== 'gemini') return [];
  const changes: TranscriptChange[] = [];
  const thoughts = asArray(line.thoughts)
    .map((one) => asText(asObject(one)?.description))
    .filter(Boolean);
  if (thoughts.length > 0) {
    const body = boundedSaid(thoughts.join(' '));
    changes.push({ op: 'put', item: { key: `${id}/thoughts`, ts, kind: 'reasoning', body } });
  }
  if (said.trim() !== '') {
    changes.push({ op: 'put', item: { key: `${id}/said`, ts, kind: 'text', body: boundedSaid(said) } });
  }
  for (const value of asArray(line.toolCalls)) {
    const call = asObject(value);
    if (call) changes.push(toolCall(id, call, ts));
  }
  return changes;
}

function toolCall(message: string, call: Json, ts: number | null): TranscriptChange {
  const { title, body } = toolInput(call.args);
  const given = asArray(call.result)
    .map((part) => asObject(asObject(asObject(part)?.functionResponse)?.response))
    .map((response) => asText(response?.output) || asText(response?.error))
    .filter(Boolean)
    .join('\n');
  const output = given || asText(call.resultDisplay);
  return {
    op: 'put',
    item: {
      key: `${message}/${asText(call.id)}`,
      ts: readTime(call.timestamp) ?? ts,
      kind: 'tool',
      tool: asText(call.name),
      title,
      body: boundedTool([body, output].filter(Boolean).join('\n')),
      ...(call.status === 'error' || call.status === 'cancelled' ? { failed: true } : {}),
    },
  };
}
