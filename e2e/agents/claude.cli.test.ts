import { describeAgent } from './describe-agent.ts';
import { claude } from './dialects.ts';

describeAgent(claude);
