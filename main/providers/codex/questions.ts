import type { Question } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';

/** Questions to a person, and what is written to the CLI for their answers (by the words of the question). */
export interface Asked {
  questions: Question[];
  /** @returns null when something is missing without which there is no answer. */
  result(answers: { readonly [question: string]: string }): object | null;
  declined: object;
}

type Answers = Parameters<Asked['result']>[0];

/** As much as an answer can name. */
const questionChars = 2000;
const textOr = (text: string | undefined, otherwise: string) => (text === undefined || text === '' ? otherwise : text);
const given = <K extends string>(name: K, value: string | undefined) =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { [name in K]?: string };

/**
 * `item/tool/requestUserInput`: `questions[]` of `{ id, header, question, options: [{ label, description }] | null }`. Its answer is by the id of
 * the question.
 */
export function userInput(params: Fields): Asked {
  const asked = list(params.questions).map(fields);
  return {
    questions: asked.map((one) => ({
      question: wordsOf(one),
      ...given('header', string(one.header)),
      multiple: false,
      options: list(one.options)
        .map(fields)
        .map((option) => ({
          label: string(option.label) ?? '',
          ...given('description', string(option.description)),
        })),
    })),
    result: (answers) => ({
      answers: Object.fromEntries(
        asked.flatMap((one) => {
          const [id, answer] = [string(one.id), answers[wordsOf(one)]];
          return id === undefined || answer === undefined ? [] : [[id, { answers: [answer] }] as const];
        }),
      ),
    }),
    declined: { answers: {} },
  };
}

const wordsOf = (question: Fields) => (string(question.question) ?? '').slice(0, questionChars);
const declined = { action: 'decline', content: null, _meta: null };
const done = 'Done';

/**
 * `mcpServer/elicitation/request`: a form (`requestedSchema`, a flat JSON schema; Model Context Protocol, "Elicitation") or a page to open.
 * @returns null for a kind that a person cannot answer here.
 */
export function elicitation(params: Fields): Asked | null {
  const message = textOr(string(params.message), 'A tool server has a question.');
  if (params.mode === 'url') {
    return confirmation(`${message}\n${string(params.url) ?? ''}`.trim(), done);
  }
  if (!['form', 'openai/form', 'openaiForm', undefined].includes(string(params.mode))) return null;
  const schema = fields(params.requestedSchema);
  const properties = Object.entries(fields(schema.properties)).map(([name, value]) => [name, fields(value)] as const);
  if (properties.length === 0) return confirmation(message, 'Accept');
  const words = properties.map(([name, property], at) => questionWords(name, property, at === 0 ? message : ''));
  const required = new Set(list(schema.required));
  return {
    questions: properties.map(([, property], at) => ({
      question: words[at] as string,
      ...given('header', string(params.serverName)),
      multiple: property.type === 'array',
      options: choices(property).map(({ label }) => ({ label })),
    })),
    result: (answers) => {
      const content: { [name: string]: unknown } = {};
      for (const [at, [name, property]] of properties.entries()) {
        const value = answerValue(property, answers[words[at] as string]);
        if (value !== undefined) content[name] = value;
        else if (required.has(name)) return null;
      }
      return { action: 'accept', content, _meta: null };
    },
    declined,
  };
}

function confirmation(words: string, yes: string): Asked {
  const question = words.slice(0, questionChars);
  return {
    questions: [{ question, multiple: false, options: [{ label: yes }, { label: 'Decline' }] }],
    result: (answers: Answers) =>
      answers[question] === yes ? { action: 'accept', content: {}, _meta: null } : declined,
    declined,
  };
}

function questionWords(name: string, property: Fields, message: string): string {
  const [title, description] = [textOr(string(property.title), name), string(property.description) ?? ''];
  return [message, description === '' ? title : `${title}: ${description}`]
    .filter(Boolean)
    .join('\n')
    .slice(0, questionChars);
}

interface Choice {
  label: string;
  value: unknown;
}

/** Of an enumeration (with titles in `oneOf`, `anyOf` or `enumNames`), or of yes and no. */
function choices(property: Fields): Choice[] {
  if (property.type === 'boolean') {
    return [
      { label: 'Yes', value: true },
      { label: 'No', value: false },
    ];
  }
  const from = property.type === 'array' ? fields(property.items) : property;
  const titled = [...list(from.oneOf), ...list(from.anyOf)].map(fields);
  if (titled.length > 0) {
    return titled.map((one) => ({ label: textOr(string(one.title), String(one.const)), value: one.const }));
  }
  const names = list(from.enumNames);
  return list(from.enum).map((value, at) => ({ label: string(names[at]) ?? String(value), value }));
}

function answerValue(property: Fields, answer: string | undefined): unknown {
  if (answer === undefined || answer.trim() === '') return property.default;
  const all = choices(property);
  const chosen = (label: string) => all.find((choice) => choice.label === label);
  switch (property.type) {
    case 'boolean':
      return chosen(answer)?.value;
    case 'number':
    case 'integer': {
      const number = Number(answer);
      return Number.isFinite(number) && (property.type === 'number' || Number.isInteger(number)) ? number : undefined;
    }
    case 'array': {
      const whole = chosen(answer);
      const values = whole ? [whole.value] : answer.split(',').flatMap((part) => chosen(part.trim())?.value ?? []);
      return values.length > 0 ? values : undefined;
    }
  }
  return all.length === 0 ? answer : chosen(answer)?.value;
}
