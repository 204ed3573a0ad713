import type { ApprovalAnswer } from '../../orchestrator/ports.ts';
import type { Question } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from './fields.ts';

interface Field {
  name: string;
  type: string;
  question: Question;
  /** Label of a choice -> the value the agent wants. */
  values: ReadonlyMap<string, string>;
}

/** A form that is to be filled in (`elicitation/create` of the Model Context Protocol and the Agent Client Protocol, mode "form"), as questions. */
export interface Form {
  message: string;
  fields: readonly Field[];
}

const yes = 'Yes';

/** @returns null for a form without a field, or of another mode. */
export function formOf(params: Fields): Form | null {
  if (params.mode !== 'form') return null;
  const message = string(params.message) ?? '';
  const entries = Object.entries(fields(fields(params.requestedSchema).properties));
  const isDescribed = (value: unknown) => (string(fields(value).description) ?? '') !== '';
  // The message is the question of the one field that has no words of its own.
  const alone = entries.filter(([, value]) => !isDescribed(value)).length === 1;
  const asked = new Set<string>();
  const read = entries.map(([name, value]): Field => {
    const schema = fields(value);
    const type = string(schema.type) ?? 'string';
    const words = string(schema.description) || (alone && message) || string(schema.title) || name;
    // Answers are found by their question.
    const question = asked.has(words) ? `${words} (${name})` : words;
    asked.add(question);
    const header = string(schema.title);
    const choices =
      type === 'boolean'
        ? [
            { value: 'true', label: yes },
            { value: 'false', label: 'No' },
          ]
        : choicesOf(type === 'array' ? fields(schema.items) : schema);
    return {
      name,
      type,
      question: {
        question,
        ...(header === undefined || header === question ? {} : { header }),
        multiple: type === 'array',
        options: choices.map(({ label, description }) => ({
          label,
          ...(description === undefined ? {} : { description }),
        })),
      },
      values: new Map(choices.map(({ label, value: chosen }) => [label, chosen])),
    };
  });
  return read.length === 0 ? null : { message, fields: read };
}

/** The answer to it (`ElicitResult`, `CreateElicitationResponse`). */
export function fillIn(form: Form, { decision, answers = {} }: ApprovalAnswer): object {
  if (decision === 'deny') return { action: 'decline' };
  const content: { [name: string]: unknown } = {};
  for (const field of form.fields) {
    const answer = answers[field.question.question];
    if (answer !== undefined && answer !== '') content[field.name] = contentOf(field, answer);
  }
  return { action: 'accept', content };
}

function contentOf({ type, values }: Field, answer: string): unknown {
  switch (type) {
    case 'boolean':
      return answer === yes;
    case 'number':
      return Number(answer);
    case 'integer':
      return Math.trunc(Number(answer));
    case 'array': {
      // Several choices come as one text, joined as they are shown.
      const whole = values.get(answer);
      return whole === undefined ? answer.split(', ').map((label) => values.get(label) ?? label) : [whole];
    }
    default:
      return values.get(answer) ?? answer;
  }
}

/** `enum`, or `oneOf`/`anyOf` of `{const, title}`. */
function choicesOf(schema: Fields): { value: string; label: string; description?: string }[] {
  const titled = [...list(schema.oneOf), ...list(schema.anyOf)].map(fields).flatMap((option) => {
    const value = string(option.const);
    const description = string(option.description);
    return value === undefined
      ? []
      : [{ value, label: string(option.title) || value, ...(description === undefined ? {} : { description }) }];
  });
  if (titled.length > 0) return titled;
  return list(schema.enum).flatMap((value) => (typeof value === 'string' ? [{ value, label: value }] : []));
}
