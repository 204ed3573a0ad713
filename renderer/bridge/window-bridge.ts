import type { QuarterdeckBridge } from '../../main/protocol/ipc.ts';
import { parseFrame } from './frames-in.ts';
import { type Bridge, isOutsideLink } from './types.ts';

/** The app's own window: frames go over IPC. */
export function windowBridge(native: QuarterdeckBridge): Bridge {
  let open = false;
  return {
    kind: 'window',
    connect(listener) {
      listener.onLink({ status: 'connecting' });
      native.onFrame((text) => {
        const frame = parseFrame(text);
        if (!frame) return;
        if (frame.type === 'welcome') {
          open = true;
          listener.onLink({ status: 'open' });
        }
        listener.onFrame(frame);
      });
      native.hello();
    },
    send(frame) {
      if (open) native.send(JSON.stringify(frame));
      return open;
    },
    reconnectNow: () => native.hello(),
    onCommand: (listener) => void native.onCommand(listener),
    notices: (request) => native.notices(request),
    note: (note) => native.note(note),
    chooseFolder: () => native.chooseFolder(),
    chooseFile: () => native.chooseFile(),
    openPlace: (place) => native.openPlace(place),
    openWindow: (sessionId) => native.openWindow(sessionId),
    desktop: (change) => native.desktop(change),
    pathOf: (dropped) => native.pathOf(dropped),
    openExternal(url) {
      if (isOutsideLink(url)) void native.openExternal(url);
    },
  };
}
