import { call } from '../steps/script.ts';
import { describeGoals } from './describe-goals.ts';
import { codex } from './dialects.ts';

describeGoals(codex, (tool) => `mcp__quarterdeck.${tool}`, {
  look: call('get_goal', {}),
  complete: call('update_goal', { status: 'complete' }),
});
