import { CircleHelp } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { Question } from '../../../main/protocol/values.ts';
import type { Approval } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { RightNote } from '../../ui/right-note.tsx';
import { type AnswerDraft, answerText, emptyAnswer, toggleOption } from './question-draft.ts';
import { useAnswer } from './use-answer.ts';
import { useAnswerGuard } from './use-answer-guard.ts';

interface QuestionCardProps {
  approval: Approval;
  questions: readonly Question[];
  pager: ReactNode;
}

/** The agent's questions with their choices, answerable in place, also in other words. */
export function QuestionCard({ approval, questions, pager }: QuestionCardProps) {
  const { answer, sending, problem, whyNot } = useAnswer(approval);
  const guard = useAnswerGuard();
  const ready = guard.ready && whyNot === null;
  const [drafts, setDrafts] = useState<Readonly<Record<string, AnswerDraft>>>({});
  const draftOf = (question: Question): AnswerDraft => drafts[question.question] ?? emptyAnswer;
  const complete = questions.every((question) => answerText(draftOf(question)) !== '');
  const submit = (): void => {
    const answers = Object.fromEntries(questions.map((question) => [question.question, answerText(draftOf(question))]));
    void answer({ decision: 'allow_once', answers });
  };
  return (
    <section
      className="approval-card question-card"
      tabIndex={-1}
      aria-label={t.approval.region(questions[0]?.question ?? '')}
      data-testid={testIds.questionCard}
    >
      <header className="approval-head">
        <CircleHelp size={16} aria-hidden className="tool-icon" />
        <h2>{t.approval.title.question}</h2>
        {pager}
      </header>
      <div className="question-list">
        {questions.map((question) => (
          <QuestionField
            key={question.question}
            question={question}
            draft={draftOf(question)}
            onChange={(draft) => setDrafts({ ...drafts, [question.question]: draft })}
          />
        ))}
      </div>
      {whyNot && <RightNote>{whyNot}</RightNote>}
      {problem && <ProblemText problem={problem} />}
      <div className="question-actions">
        <Button
          variant="quiet"
          disabled={sending !== null}
          off={whyNot ?? (!ready && t.off.wait)}
          onClick={() => void answer({ decision: 'deny' })}
        >
          {t.question.skip}
        </Button>
        <Button
          variant="primary"
          disabled={sending !== null}
          off={whyNot ?? (!ready ? t.off.wait : !complete && t.off.unanswered)}
          data-testid={testIds.questionSubmit}
          onClick={submit}
        >
          {t.question.submit}
        </Button>
      </div>
    </section>
  );
}

interface QuestionFieldProps {
  question: Question;
  draft: AnswerDraft;
  onChange: (draft: AnswerDraft) => void;
}

function QuestionField({ question, draft, onChange }: QuestionFieldProps) {
  const name = useId();
  return (
    <fieldset className="question">
      <legend>
        {question.header && <span className="question-header">{question.header}</span>}
        {question.question}
        <span className="question-how">{question.multiple ? t.question.pickMany : t.question.pickOne}</span>
      </legend>
      {question.options.map((option) => (
        <label key={option.label} className="question-option">
          <input
            type={question.multiple ? 'checkbox' : 'radio'}
            name={name}
            checked={draft.chosen.includes(option.label)}
            data-testid={testIds.questionOption}
            onChange={() => onChange(toggleOption(draft, option.label, question.multiple))}
          />
          <span>
            <span className="question-label">{option.label}</span>
            {option.description && <span className="question-description">{option.description}</span>}
          </span>
        </label>
      ))}
      <input
        className="text-field"
        aria-label={t.question.other}
        placeholder={t.question.other}
        value={draft.other}
        maxLength={5_000}
        onChange={(event) => onChange({ chosen: question.multiple ? draft.chosen : [], other: event.target.value })}
      />
    </fieldset>
  );
}
