import { Component, type ReactNode } from 'react';
import { LongText } from '../ui/long-text.tsx';

/** Text without any layout, for what cannot be laid out. */
export function AsWritten({ text }: { text: string }) {
  return (
    <p className="as-written">
      <LongText text={text} />
    </p>
  );
}

/** Keeps a block that cannot be laid out to itself: it is shown as it was written, and everything around it stays. */
export class WrittenBoundary extends Component<{ text: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <AsWritten text={this.props.text} /> : this.props.children;
  }
}
