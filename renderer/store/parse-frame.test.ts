import { describe, expect, it, vi } from 'vitest';
import { createFrameParser } from './parse-frame.ts';

describe('the parser of frames', () => {
  it('gives a frame as it came, and reports nothing', () => {
    const report = vi.fn();
    const frame = { type: 'attached', session_id: 'ses_00000001', seq: 3, head: 'ab' };
    expect(createFrameParser(report)(JSON.stringify(frame))).toEqual(frame);
    expect(report).not.toHaveBeenCalled();
  });

  it('reports the first text that is not a frame, only that one, and goes on reading', () => {
    const report = vi.fn();
    const parse = createFrameParser(report);
    for (const text of ['{"type":"events","events":[{]}', '7', 'null', '{}']) expect(parse(text)).toBeNull();
    expect(report).toHaveBeenCalledTimes(1);
    expect(report.mock.calls[0]?.[0]).toMatch(/30 characters .* SyntaxError/);
    expect(parse('{"type":"providers","providers":[]}')).toMatchObject({ type: 'providers' });
  });
});
