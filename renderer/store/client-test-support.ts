import type { ClientFrame, ServerFrame } from '../../main/protocol/frames.ts';
import type { Bridge, BridgeListener } from '../bridge.ts';

/** A bridge whose other end is this test. */
export class TestBridge implements Bridge {
  readonly kind = 'browser';
  readonly chooseFolder = null;
  readonly sent: ClientFrame[] = [];
  listener!: BridgeListener;

  connect(listener: BridgeListener): void {
    this.listener = listener;
  }
  send(frame: ClientFrame): boolean {
    this.sent.push(frame);
    return true;
  }
  reconnectNow(): void {}
  openExternal(): void {}

  /** @param more - of the welcome. */
  open(more: Partial<Extract<ServerFrame, { type: 'welcome' }>> = {}): void {
    this.listener.onLink({ status: 'open' });
    this.receive({
      type: 'welcome',
      protocol: 1,
      version: '0',
      actor: { kind: 'owner', via: 'browser' },
      scopes: ['admin'],
      server_time: Date.now(),
      home_dir: '/home/x',
      platform: 'linux',
      notices: [],
      ...more,
    });
  }
  lose(): void {
    this.listener.onLink({ status: 'waiting', attempt: 1, retryAt: 0 });
    this.sent.length = 0;
  }
  receive(frame: ServerFrame): void {
    this.listener.onFrame(frame);
  }
  of<T extends ClientFrame['type']>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type);
  }
}
