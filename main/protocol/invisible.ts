/**
 * What the whole app takes for invisible: controls but tab and line feed; line and paragraph separators; halves of characters; whatever a font shows as
 * nothing (zero-width, bidirectional, fillers, variation selectors, tags).
 */
export const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
