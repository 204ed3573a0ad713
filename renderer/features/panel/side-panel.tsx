import { X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { holds } from '../../store/holds.ts';
import { type PanelTab, panelTabs, setPanelTab, sheetQuery, showPanel, sidePanel } from '../../store/side-panel.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useConnection } from '../../ui/client-context.ts';
import { Resizer } from '../../ui/resizer.tsx';
import { useBackCloses } from '../../ui/use-back-closes.ts';
import { useMedia } from '../../ui/use-media.ts';
import { usePullDown } from '../../ui/use-pull-down.ts';
import { useTranscript } from '../conversation/session-context.ts';
import { ChangesTab } from './changes-tab.tsx';
import { ConnectedTab } from './connected-tab.tsx';
import { GoalTab } from './goal-tab.tsx';
import { PlanTab } from './plan-tab.tsx';
import { UsageTab } from './usage-tab.tsx';

const bodies = {
  changes: ChangesTab,
  plan: PlanTab,
  goal: GoalTab,
  usage: UsageTab,
  connected: ConnectedTab,
} satisfies Record<PanelTab, unknown>;

const panelId = 'side-panel';

/** What a session came to, beside its conversation; where there is no room for that, a sheet over it. */
export function SidePanel() {
  return useMedia(sheetQuery) ? <Sheet /> : <Beside />;
}

function Beside() {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = place.current;
    // The focus would be nowhere.
    return () => {
      if (element?.contains(document.activeElement)) focusButton();
    };
  }, []);
  return (
    <aside
      ref={place}
      id={panelId}
      className="side-panel"
      aria-label={t.panel.title}
      data-testid={testIds.sidePanel}
      data-where="beside"
    >
      <Resizer pane="panel" label={t.panel.resize} controls={panelId} edge="start" />
      <Content />
    </aside>
  );
}

function Sheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    // Closed, so that the focus goes back to where it was.
    return () => element?.close();
  }, []);
  const close = (): void => dialog.current?.close();
  useBackCloses(true, close);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes a dialog with Esc
    <dialog
      ref={dialog}
      id={panelId}
      className="side-panel is-sheet"
      aria-label={t.panel.title}
      data-testid={testIds.sidePanel}
      data-where="sheet"
      onClose={() => {
        // The event comes a moment later, and it may be open again by then.
        if (!dialog.current?.open) showPanel(false, true);
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <Content sheet={dialog} />
    </dialog>
  );
}

const none: RefObject<HTMLDialogElement | null> = { current: null };

const focusButton = (): void => document.querySelector<HTMLElement>(`[data-testid="${testIds.panelButton}"]`)?.focus();

/** @param props.sheet - what is pulled away by its head. */
function Content({ sheet = none }: { sheet?: RefObject<HTMLDialogElement | null> }) {
  const head = useRef<HTMLDivElement>(null);
  // Closed and not only taken away, a dialog gives the focus back.
  const close = (): void => (sheet.current ? sheet.current.close() : showPanel(false));
  usePullDown(sheet, head, close);
  const chosen = useStore(sidePanel, ({ tab }) => tab);
  const takesFocus = useStore(sidePanel, (view) => view.takesFocus);
  // Who is connected is the owner's to know.
  const isOwner = useConnection(({ welcome }) => holds(welcome?.scopes ?? [], 'admin'));
  const tabs = panelTabs.filter((tab) => tab !== 'connected' || isOwner);
  const tab = tabs.includes(chosen) ? chosen : 'changes';
  const list = useRef<HTMLDivElement>(null);
  const Body = bodies[tab];
  // Over the conversation, its title is out of sight, and the page needs one.
  const Title = useStore(sidePanel, ({ wide }) => wide) && tab === 'changes' ? 'h1' : 'h2';
  useEffect(() => {
    if (!takesFocus) return;
    sidePanel.setState({ takesFocus: false });
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [takesFocus]);
  // Where not all of them fit, the chosen one does.
  useEffect(() => {
    // A sheet has no extent before it is out.
    const frame = requestAnimationFrame(() => {
      list.current?.querySelector(`[data-tab="${tab}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [tab]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(tab);
    const last = tabs.length - 1;
    const moves: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const next = tabs[moves[event.key] ?? -1];
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setPanelTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div className="side-panel-content">
      <Title className="visually-hidden">{t.panel.title}</Title>
      <div ref={head} className="panel-head">
        <div ref={list} className="panel-tabs" role="tablist" aria-label={t.panel.title} onKeyDown={onKeyDown}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`panel-tab-${one}`}
              aria-selected={one === tab}
              aria-controls="panel-body"
              tabIndex={one === tab ? 0 : -1}
              className="panel-tab"
              data-tab={one}
              data-testid={testIds.panelTab(one)}
              onClick={() => setPanelTab(one)}
            >
              {t.panel.tabs[one]} <TabCount tab={one} />
            </button>
          ))}
        </div>
        <IconButton label={t.panel.close} data-testid={testIds.panelClose} onClick={close}>
          <X size={17} aria-hidden />
        </IconButton>
      </div>
      <div
        id="panel-body"
        className={`panel-body is-${tab}`}
        role="tabpanel"
        aria-labelledby={`panel-tab-${tab}`}
        tabIndex={-1}
      >
        <Body key={tab} />
      </div>
    </div>
  );
}

/** How far the plan is; the number of files stands in their tab. */
function TabCount({ tab }: { tab: PanelTab }) {
  const words = useTranscript(({ plan }) => {
    if (tab !== 'plan' || !plan) return null;
    const done = plan.entries.filter((entry) => entry.status === 'completed').length;
    return `${done}/${plan.entries.length}`;
  });
  return words === null ? null : <span className="panel-count">{words}</span>;
}
