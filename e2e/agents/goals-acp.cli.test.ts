import { describeGoals } from './describe-goals.ts';
import { acp } from './dialects.ts';

describeGoals(acp, (tool) => `mcp__quarterdeck__${tool}`);
