import { MarkdownView } from '../../markdown/markdown-view.tsx';
import type { ToolItem } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { QuestionAnswers } from '../approvals/question-answers.tsx';
import type { ToolChildren } from '../conversation/nested-items.ts';
import { DiffView } from './diff-view.tsx';
import { SubSteps } from './sub-steps.tsx';
import { commandOf, inputText, readableInput } from './tool-input.ts';
import { ToolOutput } from './tool-output.tsx';

export function ToolBody({ tool, nested }: { tool: ToolItem; nested: ToolChildren }) {
  return (
    <div className="tool-body">
      <BodyOfKind tool={tool} nested={nested} />
      {tool.toolKind !== 'agent' && <SubSteps tool={tool} nested={nested} />}
    </div>
  );
}

function BodyOfKind({ tool, nested }: { tool: ToolItem; nested: ToolChildren }) {
  if (tool.diffs.length > 0) return <Diffs tool={tool} />;
  switch (tool.toolKind) {
    case 'execute':
      return <CommandBody tool={tool} />;
    case 'agent':
      return <AgentBody tool={tool} nested={nested} />;
    case 'plan':
      return <PlanBody tool={tool} />;
    case 'question':
      return <QuestionAnswers tool={tool} />;
    default:
      return <PlainBody tool={tool} />;
  }
}

function Diffs({ tool }: { tool: ToolItem }) {
  return (
    <>
      {tool.diffs.map((diff, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: changes are only ever added at the end
        <DiffView key={at} diff={diff} withHead={tool.diffs.length > 1} id={`${tool.key} ${at}`} />
      ))}
      {tool.status === 'failed' && <ToolOutput tool={tool} />}
    </>
  );
}

function CommandBody({ tool }: { tool: ToolItem }) {
  const command = commandOf(tool);
  const worthRepeating = command.includes('\n') || command.length > 80;
  return (
    <>
      {worthRepeating && (
        <div className="command-line">
          <pre>
            <PlainText text={command} />
          </pre>
          <CopyButton text={command} label={t.tool.copyCommand} />
        </div>
      )}
      <ToolOutput tool={tool} />
    </>
  );
}

function AgentBody({ tool, nested }: { tool: ToolItem; nested: ToolChildren }) {
  const prompt = inputText(tool.input, 'prompt');
  return (
    <>
      {prompt && (
        <Fold summary={t.tool.input} className="tool-fold" remember={`input ${tool.key}`}>
          {() => <MarkdownView text={prompt} />}
        </Fold>
      )}
      <SubSteps tool={tool} nested={nested} />
      {tool.output !== '' && (
        <div className="agent-answer">
          <MarkdownView text={tool.output} growing={tool.status === 'running'} />
        </div>
      )}
    </>
  );
}

function PlanBody({ tool }: { tool: ToolItem }) {
  const plan = inputText(tool.input, 'plan');
  return plan ? <MarkdownView text={plan} /> : <PlainBody tool={tool} />;
}

function PlainBody({ tool }: { tool: ToolItem }) {
  const input = readableInput(tool.input);
  return (
    <>
      {input && (
        <Fold
          summary={t.tool.input}
          className="tool-fold"
          remember={`input ${tool.key}`}
          startOpen={tool.output === ''}
        >
          {() => (
            <pre className="mono-box">
              <PlainText text={input} />
            </pre>
          )}
        </Fold>
      )}
      {tool.output !== '' && <ToolOutput tool={tool} />}
    </>
  );
}
