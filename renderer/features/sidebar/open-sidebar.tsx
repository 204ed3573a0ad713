import { PanelLeft } from 'lucide-react';
import { useStore } from 'zustand';
import { setSheet } from '../../store/sheet.ts';
import { showSidebar, sidebarShown } from '../../store/sidebar-shown.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';

/** Brings out the session list: on a phone, and where it was hidden. */
export function OpenSidebar() {
  const hidden = useStore(sidebarShown, ({ shown }) => !shown);
  return (
    <IconButton
      label={t.sidebar.open}
      className={hidden ? undefined : 'phone-only'}
      data-testid={testIds.openSidebar}
      onClick={() => {
        setSheet(true);
        showSidebar(true);
      }}
    >
      <PanelLeft size={19} aria-hidden />
    </IconButton>
  );
}
