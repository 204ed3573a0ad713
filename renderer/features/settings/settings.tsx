import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { routeStore } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { useAllKnown } from '../../ui/use-all-known.ts';
import { CustomAgents } from '../agents/custom-agents.tsx';
import { ProviderList } from '../providers/provider-list.tsx';
import { OpenSidebar } from '../sidebar/open-sidebar.tsx';
import { Appearance } from './appearance.tsx';
import { LanguageSettings } from './language-settings.tsx';
import { PermissionRules } from './permission-rules.tsx';
import { SessionSettings } from './session-settings.tsx';
import { SettingsNav } from './settings-nav.tsx';
import { ShortcutsSettings } from './shortcuts-settings.tsx';

// Who manages access does so now and then; the others need none of it.
const ApiKeys = lazy(() => import('./api-keys.tsx').then((module) => ({ default: module.ApiKeys })));
const Devices = lazy(() => import('../devices/devices.tsx').then((module) => ({ default: module.Devices })));
const GatewayPane = lazy(() =>
  import('../gateway/gateway-pane.tsx').then((module) => ({ default: module.GatewayPane })),
);
const DataPane = lazy(() => import('../data/data-pane.tsx').then((module) => ({ default: module.DataPane })));
const Diagnostics = lazy(() => import('./diagnostics.tsx').then((module) => ({ default: module.Diagnostics })));
const About = lazy(() => import('./about.tsx').then((module) => ({ default: module.About })));
const DesktopSettings = lazy(() =>
  import('./desktop-settings.tsx').then((module) => ({ default: module.DesktopSettings })),
);
const SignInSettings = lazy(() =>
  import('./sign-in-settings.tsx').then((module) => ({ default: module.SignInSettings })),
);
const NotificationSettings = lazy(() =>
  import('./notification-settings.tsx').then((module) => ({ default: module.NotificationSettings })),
);

export function Settings() {
  const tab = useStore(routeStore, (route) => (route.name === 'settings' ? route.tab : 'providers'));
  return (
    <section className="page" data-testid={testIds.settings}>
      <header className="pane-header">
        <OpenSidebar />
        <div className="pane-title">
          <h1>{t.settings.title}</h1>
        </div>
      </header>
      <div className="settings-columns">
        <SettingsNav tab={tab} />
        <div className="page-scroll" key={tab}>
          <div className="settings-body">
            {/* On a phone the field above says it; the last one has a title of its own. */}
            {tab !== 'about' && <h2 className="settings-heading wide-only">{t.settings.tabs[tab]}</h2>}
            {tab === 'providers' && <Providers />}
            {tab === 'sessions' && <SessionSettings />}
            {tab === 'permissions' && <PermissionRules />}
            <Suspense fallback={<p className="field-note">{t.common.loading}</p>}>
              {tab === 'keys' && <ApiKeys />}
              {tab === 'devices' && <Devices />}
              {tab === 'gateway' && <GatewayPane />}
              {tab === 'sign-in' && <SignInSettings />}
              {tab === 'data' && <DataPane />}
              {tab === 'diagnostics' && <Diagnostics />}
              {tab === 'about' && <About />}
              {tab === 'notifications' && <NotificationSettings />}
              {tab === 'desktop' && <DesktopSettings />}
            </Suspense>
            {tab === 'appearance' && <Appearance />}
            {tab === 'language' && <LanguageSettings />}
            {tab === 'shortcuts' && <ShortcutsSettings />}
          </div>
        </div>
      </div>
    </section>
  );
}

/** The list of one's own agents stands under what was found, and comes when that is known. */
function Providers() {
  const known = useAllKnown(
    useProviders(({ list }) => list.length > 0 && list.every((one) => one.state !== 'checking')),
  );
  return (
    <>
      <ProviderList builtIn />
      {known && <CustomAgents />}
    </>
  );
}
