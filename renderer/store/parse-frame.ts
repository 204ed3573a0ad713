import type { ServerFrame } from '../../main/protocol/frames.ts';

/**
 * Makes the function that reads frames; it gives null for what is not one. What main sends is validated there; here only its outline matters.
 * The first text that cannot be read is reported, later ones not: a damaged record would repeat it with every attempt.
 */
export function createFrameParser(report: (message: string) => void): (text: string) => ServerFrame | null {
  let reported = false;
  const refuse = (text: string, why: string): null => {
    if (!reported) report(`A frame of ${text.length} characters could not be read and was left out: ${why}`);
    reported = true;
    return null;
  };
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return refuse(text, String(error));
    }
    if (typeof value === 'object' && value !== null && 'type' in value) return value as ServerFrame;
    return refuse(text, 'it has no type');
  };
}
