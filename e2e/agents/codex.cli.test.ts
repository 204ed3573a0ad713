import { describeAgent } from './describe-agent.ts';
import { codex } from './dialects.ts';

describeAgent(codex);
