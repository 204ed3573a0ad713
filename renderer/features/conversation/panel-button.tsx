import { PanelRight } from 'lucide-react';
import { useStore } from 'zustand';
import { withKeys } from '../../store/shortcuts.ts';
import { sheetQuery, showPanel, sidePanel } from '../../store/side-panel.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useMedia } from '../../ui/use-media.ts';

/** Brings out what stands at the right of the session, and folds it away. */
export function PanelButton() {
  const isSheet = useMedia(sheetQuery);
  const shown = useStore(sidePanel, (view) => (isSheet ? view.sheet : view.shown));
  return (
    <IconButton
      label={shown ? t.panel.close : t.panel.open}
      title={withKeys(shown ? t.panel.close : t.panel.open, 'togglePanel')}
      aria-expanded={shown}
      aria-controls={shown ? 'side-panel' : undefined}
      aria-keyshortcuts="Control+J Meta+J"
      data-testid={testIds.panelButton}
      onClick={() => showPanel(!shown, isSheet)}
    >
      <PanelRight size={18} aria-hidden />
    </IconButton>
  );
}
