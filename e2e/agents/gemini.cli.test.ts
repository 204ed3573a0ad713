import { describeAgent } from './describe-agent.ts';
import { gemini } from './dialects.ts';

describeAgent(gemini);
