import { describeGoals } from './describe-goals.ts';
import { claude } from './dialects.ts';

describeGoals(claude, (tool) => `mcp__quarterdeck__${tool}`);
