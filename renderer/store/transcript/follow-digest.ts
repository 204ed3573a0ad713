import type { DurableEvent } from '../../../main/protocol/events.ts';
import type { Draft } from './draft.ts';

type Placed<T extends DurableEvent['type']> = Extract<DurableEvent, { type: T }>;

/**
 * What the next turn will tell the agent, after one more event. The core reckons the same from the same log (`apply`); where the two differ,
 * the window offers words that are not told, or tells words it does not show.
 */
export function followDigest(draft: Draft, event: DurableEvent): void {
  const { view } = draft;
  switch (event.type) {
    case 'digest':
      digestChanged(draft, event);
      return;
    case 'turn_started': {
      if (event.turn_id === null) return;
      const { digest } = view;
      view.telling = {
        text: event.digest ?? null,
        original: digest?.original ?? null,
        edited: digest?.edited ?? false,
        heard: false,
      };
      // A turn that does not carry it (a slash command went first) leaves it waiting.
      if (event.digest !== undefined || !digest?.text) view.digest = null;
      return;
    }
    case 'turn_end': {
      const { telling } = view;
      view.telling = null;
      if (!telling || telling.text === null || view.digest) return;
      // Nobody heard it: what a person wrote into it waits again. What the app made is made again.
      if (telling.edited && !telling.heard && event.status === 'failed') {
        view.digest = { text: telling.text, original: telling.original, edited: true };
      }
      return;
    }
    case 'rewound':
      view.digest = null;
      return;
    case 'provider_session':
      if (event.provider_session_id !== null) agentHeard(draft);
      return;
    case 'text':
    case 'reasoning':
    case 'tool_activity':
    case 'plan':
    case 'usage':
    case 'compacted':
      agentHeard(draft);
      return;
  }
}

function digestChanged(draft: Draft, event: Placed<'digest'>): void {
  const { view } = draft;
  const { text } = event;
  // Within a turn it was told at once: the CLI had lost its conversation, and the turn began afresh.
  if (event.turn_id !== null && event.turn_id === view.runningTurn) {
    draft.turn(event.turn_id, event.ts).digest = text;
    const { telling } = view;
    // A person's own words are still in it when they are its end.
    const edited = telling?.edited === true && text !== null && text.endsWith(telling.text ?? '');
    if (telling) view.telling = { ...telling, text, edited };
    return;
  }
  const edited = event.by.kind !== 'app';
  // What the app wrote is what "reset" gives back; a person's words leave it.
  view.digest = { text, original: edited ? (view.digest?.original ?? null) : text, edited };
}

function agentHeard({ view }: Draft): void {
  if (view.telling && !view.telling.heard) view.telling = { ...view.telling, heard: true };
}
