import { File, Folder } from 'lucide-react';
import { limits } from '../../../main/protocol/limits.ts';
import type { FileHit } from '../../../main/protocol/mentions.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { typedMention, withMention } from './mention.ts';
import { SuggestionMenu } from './suggestion-menu.tsx';
import { type MentionPlace, useFoundFiles } from './use-found-files.ts';
import { useSuggestions } from './use-suggestions.ts';

const none: readonly FileHit[] = [];

/**
 * The list of files that an `@` opens. Enter mentions one; Tab goes into a folder.
 * @param caret - where the caret stands in `text`; null: something is selected, or the field has no focus.
 */
export function useMentionMenu(
  text: string,
  caret: number | null,
  place: MentionPlace,
  listId: string,
  onPick: (text: string, caret: number) => void,
) {
  const mention = caret === null ? null : typedMention(text, caret);
  const typed = mention && mention.text.length <= limits.fileSearchChars ? mention.text : null;
  const { found, problem } = useFoundFiles(typed, place);
  const matches = typed === null ? none : (found?.files ?? none);
  const pick = (hit: FileHit, how: 'finish' | 'go_on'): void => {
    if (!mention) return;
    const next = withMention(text, mention, hit, how);
    onPick(next.text, next.caret);
  };
  const list = useSuggestions({
    key: typed,
    text,
    listId,
    matches,
    take(hit, by) {
      pick(hit, by === 'Tab' ? 'go_on' : 'finish');
      return true;
    },
  });
  const note =
    problem ??
    (found === null
      ? t.mentions.loading
      : matches.length === 0
        ? t.mentions.none
        : found.more
          ? t.mentions.more
          : null);
  return {
    ...list,
    menu:
      list.open && typed !== null ? (
        <SuggestionMenu
          listId={listId}
          label={t.mentions.title}
          matches={matches}
          keyOf={({ path }) => path}
          chosen={list.chosen}
          testId={testIds.mentionMenu}
          optionTestId={testIds.mentionOption}
          note={found?.complete === false && problem === null ? t.mentions.incomplete : note}
          status={t.mentions.count(matches.length)}
          onPick={(hit) => pick(hit, 'finish')}
          onHover={list.choose}
        >
          {(hit) => <MentionRow hit={hit} />}
        </SuggestionMenu>
      ) : null,
  };
}

/** The name first, since it is what is looked for, then where it lies. */
function MentionRow({ hit: { path, is_folder, at } }: { hit: FileHit }) {
  const cut = path.lastIndexOf('/') + 1;
  const Icon = is_folder ? Folder : File;
  return (
    <>
      <Icon className="mention-icon" size={14} aria-hidden />
      <bdi className="mention-name">
        <Marked text={path.slice(cut)} at={at} offset={cut} />
        {is_folder && '/'}
      </bdi>
      {cut > 0 && (
        <bdi className="mention-place">
          <Marked text={path.slice(0, cut - 1)} at={at} offset={0} />
        </bdi>
      )}
    </>
  );
}

function Marked({ text, at, offset }: { text: string; at: readonly number[]; offset: number }) {
  const marked = new Set(at.map((one) => one - offset));
  const pieces: { text: string; is: boolean; from: number }[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const is = marked.has(i);
    const last = pieces.at(-1);
    if (last && last.is === is) last.text += text[i];
    else pieces.push({ text: text[i] ?? '', is, from: i });
  }
  return pieces.map((piece) =>
    piece.is ? <mark key={piece.from}>{piece.text}</mark> : <span key={piece.from}>{piece.text}</span>,
  );
}
