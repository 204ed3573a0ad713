/**
 * A figure that is held against a goal. Timings never fail a run; they are met or not.
 * @typedef {object} Goal
 * @property {string} what
 * @property {number} ratio - of `what` to its baseline: median of the per-round ratios; or, with a `unit`, a figure of its own.
 * @property {number} goal
 * @property {'most' | 'least'} [at] - `most` (default): no more than `goal`; `least`: no less.
 * @property {string} [unit] - after the figure; `x` (default) is a ratio.
 */

/** @param {Goal} goal */
export const isMet = ({ ratio, goal, at = 'most' }) => (at === 'most' ? ratio <= goal : ratio >= goal);

/** @param {Pick<Goal, 'ratio' | 'unit'>} goal @returns {string} "1.23x" or "0.04 s". */
export const figureOf = ({ ratio, unit }) =>
  unit === undefined
    ? `${ratio.toFixed(2)}x`
    : `${ratio.toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit}`;

/** @param {Goal} goal @returns {string} "goal at most 2x". */
export const boundOf = ({ goal, at = 'most', unit }) => `goal at ${at} ${goal}${unit === undefined ? 'x' : ` ${unit}`}`;
