import { createStore } from 'zustand/vanilla';
import { type AccentName, accents, accentTokens, isColour } from './accent.ts';
import { onRememberedElsewhere, recallJson, remember } from './storage.ts';

export const densities = ['comfortable', 'compact'] as const;
/** Of the size the stylesheet gives, in percent. */
export const textSizes = [90, 100, 115, 130, 150] as const;
export const motions = ['system', 'reduced'] as const;

/** How the page looks on this device. The theme has a store of its own. */
export interface Look {
  readonly density: (typeof densities)[number];
  readonly textSize: (typeof textSizes)[number];
  readonly motion: (typeof motions)[number];
  /** One of those that are offered, or a colour ("#rrggbb"). */
  readonly accent: AccentName | (string & {});
}

const plain: Look = { density: 'comfortable', textSize: 100, motion: 'system', accent: 'sea' };
const storageKey = 'look';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isAccent = (value: unknown): value is string =>
  isColour(value) || (typeof value === 'string' && Object.hasOwn(accents, value));

/** What was kept, part by part: one that is not understood is as it was at first. */
export function readLook(from: unknown): Look {
  const look = isObject(from) ? from : {};
  return {
    density: densities.find((one) => one === look.density) ?? plain.density,
    textSize: textSizes.find((one) => one === look.textSize) ?? plain.textSize,
    motion: motions.find((one) => one === look.motion) ?? plain.motion,
    accent: isAccent(look.accent) ? look.accent : plain.accent,
  };
}

const kept = (): Look => readLook(recallJson(storageKey, isObject));

export const lookStore = createStore<Look>(kept);

/** The colour an accent stands for. */
export const accentColour = (accent: Look['accent']): string =>
  Object.hasOwn(accents, accent) ? accents[accent as AccentName] : accent;

/**
 * What a look puts on the root of the page. It is kept as it is, so that `public/first-paint.js` can put it there before anything is drawn, without
 * knowing what it means.
 */
export function onRoot(look: Look): { data: Record<string, string>; style: Record<string, string> } {
  return {
    data: {
      ...(look.density === 'compact' && { density: 'compact' }),
      ...(look.motion === 'reduced' && { motion: 'reduced' }),
    },
    style: {
      ...(look.textSize !== 100 && { '--text-scale': String(look.textSize / 100) }),
      ...(look.accent !== 'sea' && accentTokens(accentColour(look.accent))),
    },
  };
}

const tokens = ['--text-scale', ...Object.keys(accentTokens(accents.sea))];

/** Puts the look on the page. */
export function applyLook(): void {
  const root = document.documentElement;
  const { data, style } = onRoot(lookStore.getState());
  for (const key of ['density', 'motion']) {
    if (data[key] === undefined) delete root.dataset[key];
    else root.dataset[key] = data[key];
  }
  for (const token of tokens) {
    if (style[token] === undefined) root.style.removeProperty(token);
    else root.style.setProperty(token, style[token]);
  }
}

/** Changes parts of the look, at once, and keeps them on this device. */
export function setLook(change: Partial<Look>): void {
  lookStore.setState(change);
  const look = lookStore.getState();
  remember(storageKey, JSON.stringify(look));
  remember('first-paint', JSON.stringify(onRoot(look)));
  applyLook();
}

/** Another window or tab has changed it. */
export function followLook(): void {
  onRememberedElsewhere(storageKey, () => {
    lookStore.setState(kept());
    applyLook();
  });
}
