import { useCallback } from 'react';
import type { DataOverview } from '../../../main/protocol/data.ts';
import type { Settings } from '../../../main/protocol/settings.ts';
import { t } from '../../strings/index.ts';
import { RightNote } from '../../ui/right-note.tsx';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { QueryProblem } from '../settings/query-problem.tsx';
import { useQuery } from '../settings/use-query.ts';
import { Backups } from './backups.tsx';
import { DiskSpace } from './disk-space.tsx';
import { ExportEverything } from './export-everything.tsx';
import { HomeFolder } from './home-folder.tsx';
import { Retention } from './retention.tsx';
import { useCameBack } from './use-came-back.ts';
import { VerifyRecord } from './verify-record.tsx';

/** Everything about the data as a whole. Who may not do that here sees why, and can still check the record. */
export function DataPane() {
  const whyNot = useWhyNot('admin');
  return (
    <>
      {whyNot ? <RightNote>{whyNot}</RightNote> : <Managed />}
      <VerifyRecord />
      <HomeFolder />
    </>
  );
}

function Managed() {
  const overview = useQuery<DataOverview>('data_overview');
  const settings = useQuery<{ settings: Settings }>('settings_get');
  const { reload } = overview;
  const changed = useCallback(() => void reload(), [reload]);
  useCameBack(changed);
  const failed = overview.value ? settings : overview;
  if (overview.value && settings.value) {
    const shared = { overview: overview.value, onChanged: changed };
    return (
      <>
        <Backups {...shared} settings={settings.value.settings} />
        <ExportEverything {...shared} />
        <Retention {...shared} settings={settings.value.settings} />
        <DiskSpace />
      </>
    );
  }
  return failed.problem ? (
    <QueryProblem problem={failed.problem} onRetry={() => void failed.reload()} />
  ) : (
    <p className="field-note">{t.common.loading}</p>
  );
}
