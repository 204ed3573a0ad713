import type { desktopStrings as english } from '../en/desktop.ts';
import type { Translation } from '../languages.ts';

export const desktopStrings = {
  newWindow: '新しいウィンドウ',
  openInWindow: '新しいウィンドウで開く',
  openThis: 'このセッションを新しいウィンドウで開く',
  tooManyWindows: {
    message: 'これ以上ウィンドウを開けません。',
    impact: 'ウィンドウは開かれませんでした。ほかはそのまま続きます。',
    next: '不要なウィンドウを閉じるか、このウィンドウでセッションを開いてください。',
  },
} satisfies Translation<typeof english>;
