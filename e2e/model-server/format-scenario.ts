import type { Directive, FaultCount, Scenario } from './scenario.ts';

/** Writes a scenario as the markers that `parseScenario` reads back: a spec can build its prompt from values instead of quoting by hand. */
export function formatScenario({ steps }: Scenario): string {
  return steps.map((step) => step.map(formatDirective).join('')).join('[[then]]');
}

export function formatDirective(directive: Directive): string {
  switch (directive.kind) {
    case 'think':
    case 'text':
    case 'part':
      return `[[${directive.kind}: ${JSON.stringify(directive.text)}]]`;
    case 'slow':
      return `[[slow: ${directive.words} words, ${directive.delayMs} ms]]`;
    case 'big':
      return `[[big: ${directive.bytes}]]`;
    case 'results':
      return '[[results]]';
    case 'tool':
      return `[[tool: ${directive.name} ${JSON.stringify(directive.input)}]]`;
    case 'wait':
      return `[[wait: ${directive.gate}]]`;
    case 'stall':
      return directive.delayMs === null ? '[[stall]]' : `[[stall: ${directive.delayMs}]]`;
    case 'cut':
    case 'truncate':
      return directive.times === null ? `[[${directive.kind}]]` : `[[${directive.kind}: x${directive.times}]]`;
    case 'error':
      return `[[error: ${directive.status}${formatTimes(directive.times)} ${JSON.stringify(directive.details)}]]`;
    case 'stop':
      return `[[stop: ${directive.reason}]]`;
    case 'usage':
      return `[[usage: ${JSON.stringify(directive.usage)}]]`;
  }
}

function formatTimes(times: FaultCount): string {
  return times === null ? '' : ` x${times}`;
}
