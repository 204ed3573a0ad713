import type { ApprovalAnswer } from '../../orchestrator/ports.ts';
import { ApprovalOption, type Question } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from './wire.ts';

/** One answer the agent offers (`PermissionOption`). */
export interface Option {
  id: string;
  name: string;
  kind: string;
}

export function optionsOf(params: Fields): Option[] {
  return list(params.options)
    .map(fields)
    .flatMap((option) => {
      const id = string(option.optionId);
      return id === undefined ? [] : [{ id, name: string(option.name) ?? id, kind: string(option.kind) ?? '' }];
    });
}

/** What a person is shown of them: those that say yes or no in a way we know. */
export function offeredOptions(options: readonly Option[]): ApprovalOption[] {
  return options.flatMap(({ id, name, kind }) => {
    const read = ApprovalOption.safeParse({ option_id: id, label: name.slice(0, 300), kind });
    return read.success ? [read.data] : [];
  });
}

/**
 * A request whose options say yes in more than one way is a question: which of them is for the person to say.
 * @returns null for the ordinary "once, always, no".
 */
export function questionOf(title: string, options: readonly Option[]): Question | null {
  if (options.filter((option) => option.kind === 'allow_once').length < 2) return null;
  return { question: title, multiple: false, options: options.map((option) => ({ label: option.name })) };
}

/** The agent can only be told yes for good. Said before anybody answers. */
export function onlyForGood(options: readonly Option[]): boolean {
  return has(options, 'allow_always') && !has(options, 'allow_once');
}

/**
 * The option that says what the person said. Lasting answers are ours (docs/decisions/0003), so the agent is told "once" wherever it can be.
 * @returns null: no option says that; the request is cancelled then.
 */
export function chooseOption(
  options: readonly Option[],
  answer: ApprovalAnswer,
  question: Question | null,
): string | null {
  const { decision, answers, option_id } = answer;
  // What the person chose is what the agent is told, word for word.
  if (option_id !== undefined) return options.some((option) => option.id === option_id) ? option_id : null;
  if (question !== null && decision !== 'deny') {
    const label = answers?.[question.question];
    const named = options.find((option) => option.name === label);
    if (named !== undefined) return named.id;
  }
  const wanted = decision === 'deny' ? ['reject_once', 'reject_always'] : ['allow_once', 'allow_always'];
  for (const kind of wanted) {
    const option = options.find((one) => one.kind === kind);
    if (option !== undefined) return option.id;
  }
  return null;
}

function has(options: readonly Option[], kind: string): boolean {
  return options.some((option) => option.kind === kind);
}
