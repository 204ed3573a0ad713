import { Info, TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { routeStore } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

/** What went wrong outside of any turn, and that a restore went well: what a person asked for is no alarm. Stays until it is dismissed. */
export function ProblemBanners() {
  const client = useClient();
  const problems = useConnection((view) => view.problems);
  const open = useStore(routeStore, (route) => (route.name === 'session' ? route.sessionId : null));
  const shown = problems.filter((one) => one.sessionId === null || one.sessionId === open);
  return shown.map(({ id, problem }) => {
    const isNews = problem.say?.id === 'data.restored';
    const Icon = isNews ? Info : TriangleAlert;
    return (
      <div
        key={id}
        className={`problem-banner ${isNews ? 'is-news' : ''}`}
        role={isNews ? 'status' : 'alert'}
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
