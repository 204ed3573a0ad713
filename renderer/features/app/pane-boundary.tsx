import { Component, type ReactNode } from 'react';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';

interface PaneBoundaryProps {
  children: ReactNode;
}

/** A pane that could not be loaded or drawn leaves the rest of the window alone. */
export class PaneBoundary extends Component<PaneBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <section className="page" role="alert">
        <div className="empty-note">
          <p className="empty-title">{t.pane.failed}</p>
          <p className="empty-text">{t.pane.note}</p>
          <Button onClick={() => location.reload()}>{t.pane.reload}</Button>
        </div>
      </section>
    );
  }
}
