/** Accents people can choose besides their own. `sea` is the one of the stylesheet. */
export const accents = {
  sea: '#0b6478',
  blue: '#2563eb',
  violet: '#7c3aed',
  rose: '#be185d',
  orange: '#c2410c',
  green: '#15803d',
  slate: '#52606d',
} as const;
export type AccentName = keyof typeof accents;

export const isColour = (text: unknown): text is string => typeof text === 'string' && /^#[0-9a-f]{6}$/i.test(text);

/** What WCAG 2.2 asks of text (1.4.3, AA). */
export const leastContrast = 4.5;

/** The grounds text in the accent's colour stands on, the worst of each theme among them (tokens.css, with what hovering lays over them). */
export const groundsOf = {
  light: ['#ffffff', '#f5f6f7', '#eef2f5', '#e0e2e4'],
  dark: ['#16181d', '#111317', '#1c1f25', '#23272e', '#3b4049'],
} as const;
export type Scheme = keyof typeof groundsOf;

export interface AccentColours {
  readonly accent: string;
  readonly hover: string;
  readonly ground: string;
  /** Text that stands on the accent. */
  readonly on: string;
}

type Rgb = readonly [number, number, number];
const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

const parse = (hex: string): Rgb => {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
};
const write = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** `share` of `other` in `rgb`. */
function mix(rgb: Rgb, other: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2): number => rgb[at] * (1 - share) + other[at] * share;
  return [part(0), part(1), part(2)];
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = parse(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** A colour as the accent of a theme: made darker, or lighter in the dark theme, until its text can be read on every ground. */
export function accentIn(scheme: Scheme, wish: string): AccentColours {
  const grounds = groundsOf[scheme];
  const end = scheme === 'light' ? black : white;
  for (let step = 0; step < 50; step += 1) {
    const rgb = mix(parse(wish), end, step / 50);
    const accent = write(rgb);
    const ground = write(mix(parse(grounds[0]), rgb, scheme === 'light' ? 0.1 : 0.18));
    if (![...grounds, ground].every((one) => contrast(accent, one) >= leastContrast)) continue;
    return { accent, ground, hover: write(mix(rgb, end, 0.15)), on: scheme === 'light' ? '#ffffff' : '#0b0d10' };
  }
  const accent = write(end);
  return { accent, hover: accent, ground: grounds[0], on: scheme === 'light' ? '#ffffff' : '#0b0d10' };
}

/** The tokens of the stylesheet for an accent, each for both themes. */
export function accentTokens(wish: string): Readonly<Record<string, string>> {
  const [light, dark] = [accentIn('light', wish), accentIn('dark', wish)];
  const both = (key: keyof AccentColours): string => `light-dark(${light[key]}, ${dark[key]})`;
  return {
    '--accent': both('accent'),
    '--accent-hover': both('hover'),
    '--accent-text': both('accent'),
    '--accent-ground': both('ground'),
    '--on-accent': both('on'),
  };
}
