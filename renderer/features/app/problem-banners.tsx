import { TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { routeStore } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

/** What went wrong outside of any turn; stays until it is dismissed. */
export function ProblemBanners() {
  const client = useClient();
  const problems = useConnection((view) => view.problems);
  const open = useStore(routeStore, (route) => (route.name === 'session' ? route.sessionId : null));
  const shown = problems.filter((one) => one.sessionId === null || one.sessionId === open);
  return shown.map(({ id, problem }) => (
    <div key={id} className="problem-banner" role="alert" data-testid={testIds.problemBanner} data-code={problem.code}>
      <TriangleAlert size={16} aria-hidden />
      <ProblemText problem={problem} />
      <IconButton label={t.common.dismiss} className="icon-button-small" onClick={() => client.dismissProblem(id)}>
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  ));
}
