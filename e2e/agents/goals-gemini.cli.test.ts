import { describeGoals } from './describe-goals.ts';
import { gemini } from './dialects.ts';

describeGoals(gemini, (tool) => `mcp_quarterdeck_${tool}`);
