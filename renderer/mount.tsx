import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from './bridge.ts';
import { App } from './features/app/app.tsx';
import { Client } from './store/client.ts';
import { onceAFrame } from './store/frame-scheduler.ts';
import { outliveGateway } from './store/outlive-gateway.ts';
import { applyPaneWidths } from './store/pane-width.ts';
import { followAddress } from './store/route.ts';
import { deliverOutbox } from './store/send-message.ts';
import { registerShellWorker } from './store/shell-worker.ts';
import { applyTheme } from './store/theme.ts';
import './styles/index.css';
import { keepPageOnDrop } from './ui/keep-page.ts';

/** Puts the app on the page. */
export function mountApp(bridge: Bridge): Client {
  applyTheme();
  applyPaneWidths();
  const client = new Client({ bridge, schedule: onceAFrame });
  client.start();
  followAddress();
  keepPageOnDrop();
  deliverOutbox(client);
  if (bridge.kind === 'browser') {
    outliveGateway(client);
    void registerShellWorker();
  }
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root"');
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
  return client;
}
