import { edit, remove, write } from './change.ts';
import type { Guide } from './guide.ts';
import type { Intent } from './intent.ts';
import { list, read, search } from './look.ts';
import { run } from './run.ts';
import { askPerson, bigOutput, count, fail, showPlan, think } from './show.ts';
import { tour } from './tour.ts';

/** Does what was asked. @throws {Stopped} when the turn is stopped; {TurnFailed} when it ends with an error on purpose. */
export async function follow(intent: Intent, guide: Guide): Promise<void> {
  switch (intent.kind) {
    case 'help':
      return guide.turn.say(guide.words.help);
    case 'hello':
      return guide.turn.say(guide.words.hello);
    case 'whereabouts':
      return guide.turn.say(guide.words.whereabouts(guide.resumed));
    case 'list':
      return list(guide, intent.path);
    case 'read':
      return read(guide, intent.path);
    case 'search':
      return search(guide, intent.text, intent.path);
    case 'write':
      await write(guide, intent.path, intent.text);
      return;
    case 'edit':
      await edit(guide, intent.path, intent.from, intent.to);
      return;
    case 'delete':
      await remove(guide, intent.path);
      return;
    case 'run':
      await run(guide, intent.command);
      return;
    case 'plan':
      return showPlan(guide);
    case 'think':
      return think(guide, intent.about);
    case 'ask':
      return askPerson(guide);
    case 'tour':
      return tour(guide);
    case 'fail':
      return fail(guide);
    case 'big':
      return bigOutput(guide, intent.lines);
    case 'count':
      return count(guide, intent.to, intent.slowly);
    case 'incomplete':
      return guide.turn.say(guide.words.incomplete(intent.verb, guide.words.usages[intent.verb]));
    case 'unknown':
      return guide.turn.say(guide.words.unknown(quoted(intent.words)));
  }
}

/** As it is quoted back: one line, not longer than anybody reads. */
function quoted(words: string): string {
  return (words.length <= 80 ? words : `${words.slice(0, 79)}…`).replace(/\s+/g, ' ');
}
