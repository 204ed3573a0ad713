import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Problem } from '../../../main/protocol/errors.ts';
import { routeStore } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

/** Only what went wrong interrupts a person who listens to the page; the rest waits until they have heard what they are at. */
const tones = {
  good: { className: 'is-good', Icon: CircleCheck, role: 'status' },
  note: { className: 'is-note', Icon: Info, role: 'status' },
  alarm: { className: '', Icon: TriangleAlert, role: 'alert' },
} as const satisfies Record<NonNullable<Problem['tone']> | 'alarm', unknown>;

/** What happened outside of any turn: what went wrong, what went well, and what is worth knowing. Stays until it is dismissed. */
export function ProblemBanners() {
  const client = useClient();
  const problems = useConnection((view) => view.problems);
  const open = useStore(routeStore, (route) => (route.name === 'session' ? route.sessionId : null));
  const shown = problems.filter((one) => one.sessionId === null || one.sessionId === open);
  return shown.map(({ id, problem }) => {
    const { className, Icon, role } = tones[problem.tone ?? 'alarm'];
    return (
      <div
        key={id}
        className={`problem-banner ${className}`}
        role={role}
        data-testid={testIds.problemBanner}
        data-code={problem.code}
      >
        <Icon size={16} aria-hidden />
        <ProblemText problem={problem} />
        <IconButton label={t.common.dismiss} className="icon-button-small" onClick={() => client.dismissProblem(id)}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
    );
  });
}
