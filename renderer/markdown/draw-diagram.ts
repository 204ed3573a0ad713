/** A diagram as a picture: the text of an SVG file, and how large it is, CSS pixels. */
export interface DrawnDiagram {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Why there is no picture: what the library found wrong with the text (its words), or that it could not draw at all. */
export type NotDrawn = { readonly because: 'text'; readonly reason: string } | { readonly because: 'trouble' };
export type Drawing = ({ readonly ok: true } & DrawnDiagram) | ({ readonly ok: false } & NotDrawn);

/** One diagram may take this long, and the library this long to arrive, milliseconds. */
const longestDrawing = 10_000;
const longestStart = 60_000;
/** Longer texts and larger pictures are not drawn. Characters. */
const longestText = 20_000;
const longestSvg = 1_500_000;
/** Pictures that are kept, so that what scrolls out and in again is there at once. */
const mostKept = 60;

const kept = new Map<string, Drawing>();
const keyOf = (code: string, dark: boolean): string => `${dark ? 'dark' : 'light'} ${code}`;

/** What was drawn before, at once; undefined: nothing yet. */
export const drawnBefore = (code: string, dark: boolean): Drawing | undefined => kept.get(keyOf(code, dark));

let place: Promise<HTMLIFrameElement> | null = null;
let last: Promise<unknown> = Promise.resolve();
let number = 0;

/**
 * Draws a diagram of an agent's, one after the other. It happens in a frame without an origin, without the right to fetch or to lead anywhere,
 * and what comes back is shown as a picture only: what stands in the text can reach neither the page nor the network.
 */
export function drawDiagram(code: string, dark: boolean): Promise<Drawing> {
  const known = drawnBefore(code, dark);
  if (known) return Promise.resolve(known);
  const drawing = last.then(() => drawnBefore(code, dark) ?? drawNow(code, dark));
  last = drawing;
  return drawing;
}

async function drawNow(code: string, dark: boolean): Promise<Drawing> {
  if (code.length > longestText) return { ok: false, because: 'trouble' };
  let frame: HTMLIFrameElement;
  try {
    place ??= openPlace();
    frame = await place;
  } catch {
    place = null;
    return { ok: false, because: 'trouble' };
  }
  number += 1;
  const id = number;
  frame.contentWindow?.postMessage({ type: 'draw', id, code, dark }, '*');
  const answer = await heard(frame, longestDrawing, (data) => data.id === id);
  if (answer === null) {
    // It is still at it: that place is given up, and the next diagram gets a new one.
    frame.remove();
    place = null;
  }
  const drawing = readAnswer(answer);
  kept.set(keyOf(code, dark), drawing);
  for (const old of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(old);
  }
  return drawing;
}

/** What came out of the frame, believed in nothing. */
function readAnswer(answer: Readonly<Record<string, unknown>> | null): Drawing {
  if (answer?.type === 'refused') return { ok: false, because: 'text', reason: String(answer.reason).slice(0, 2_000) };
  const { svg, width, height } = answer ?? {};
  const fits = (size: unknown): size is number => typeof size === 'number' && size > 0 && size < 100_000;
  if (typeof svg !== 'string' || svg.length > longestSvg || !fits(width) || !fits(height))
    return { ok: false, because: 'trouble' };
  return { ok: true, svg, width, height };
}

async function openPlace(): Promise<HTMLIFrameElement> {
  // Its address changes with each build. As text, because the frame may load nothing itself.
  const { default: address } = await import('mermaid/dist/mermaid.min.js?url');
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The library of diagrams was answered with ${answer.status}.`);
  const text = await answer.text();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.src = `${import.meta.env.BASE_URL}diagram.html`;
  frame.className = 'diagram-place';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  document.body.append(frame);
  try {
    if ((await heard(frame, longestStart, (data) => data.type === 'here')) === null) throw new Error('No frame.');
    frame.contentWindow?.postMessage({ type: 'library', text }, '*');
    const ready = await heard(frame, longestStart, (data) => data.type === 'ready' || data.type === 'broken');
    if (ready?.type !== 'ready') throw new Error('The library of diagrams does not run.');
    return frame;
  } catch (error) {
    frame.remove();
    throw error;
  }
}

/** The next message of this frame that is asked for; null: none came in time. */
function heard(
  frame: HTMLIFrameElement,
  ms: number,
  wanted: (data: Readonly<Record<string, unknown>>) => boolean,
): Promise<Readonly<Record<string, unknown>> | null> {
  return new Promise((resolve) => {
    const end = (data: Readonly<Record<string, unknown>> | null): void => {
      clearTimeout(timer);
      removeEventListener('message', listen);
      resolve(data);
    };
    const listen = ({ source, data }: MessageEvent<unknown>): void => {
      if (source !== frame.contentWindow || typeof data !== 'object' || data === null) return;
      if (wanted(data as Record<string, unknown>)) end(data as Record<string, unknown>);
    };
    const timer = setTimeout(() => end(null), ms);
    addEventListener('message', listen);
  });
}
