import { describeAgent } from './describe-agent.ts';
import { acp } from './dialects.ts';

describeAgent(acp);
