import type { SlashCommand } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';
import type { Skill } from './prompt-input.ts';

/** What a prompt asks for. */
export type Call =
  | { kind: 'prompt'; text: string; skill?: Skill }
  /** `thread/compact/start`. */
  | { kind: 'compact' }
  /** `review/start`; without instructions: of the changes that are not committed. */
  | { kind: 'review'; instructions: string };

const maxSkills = 200;

/** Commands of Codex's own terminal that its app-server carries out. */
const builtIn: readonly SlashCommand[] = [
  { name: 'compact', description: 'Sum up the conversation, so that it takes less room in the model' },
  {
    name: 'review',
    description: 'Review the changes that are not committed, or what the instructions name',
    hint: '[instructions]',
  },
];

/** The slash commands of one conversation: those of Codex, and one for each skill that it finds for the folder. */
export class SlashCommands {
  #skills: (Skill & { description: string })[] = [];

  /** @param answer - to `skills/list`: `data[]` of `{ cwd, skills: [{ name, description, path, enabled }] }`. */
  learn(answer: Fields): void {
    const taken = new Set(builtIn.map(({ name }) => name));
    this.#skills = list(answer.data)
      .flatMap((entry) => list(fields(entry).skills).map(fields))
      .flatMap((skill) => {
        const [name, path] = [string(skill.name), string(skill.path)];
        if (name === undefined || path === undefined || skill.enabled === false) return [];
        if (!/^[\w:.-]{1,200}$/.test(name) || taken.has(name)) return [];
        taken.add(name);
        const description = string(skill.shortDescription) || string(skill.description) || 'Skill';
        return [{ name, path, description: description.slice(0, 2000) }];
      })
      .slice(0, maxSkills);
  }

  all(): SlashCommand[] {
    return [...builtIn, ...this.#skills.map(({ name, description }) => ({ name, description, hint: '[task]' }))];
  }

  /** What is typed with a slash that is no command is a prompt like any other: it may be a path. */
  read(text: string): Call {
    const match = /^\/([\w:.-]+)(?:\s+([\s\S]*))?$/.exec(text.trim());
    if (match === null) return { kind: 'prompt', text };
    const [, name, rest = ''] = match;
    if (name === 'compact') return { kind: 'compact' };
    if (name === 'review') return { kind: 'review', instructions: rest.trim() };
    const skill = this.#skills.find((one) => one.name === name);
    if (skill === undefined) return { kind: 'prompt', text };
    // As it is written in Codex's own terminal.
    return { kind: 'prompt', text: `$${skill.name} ${rest}`.trim(), skill: { name: skill.name, path: skill.path } };
  }
}
