import { PanelLeft } from 'lucide-react';
import { setSheet } from '../../store/sheet.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';

/** On a phone: brings out the session list. */
export function OpenSidebar() {
  return (
    <IconButton
      label={t.sidebar.open}
      className="phone-only"
      data-testid={testIds.openSidebar}
      onClick={() => setSheet(true)}
    >
      <PanelLeft size={19} aria-hidden />
    </IconButton>
  );
}
