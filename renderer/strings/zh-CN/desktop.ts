import type { desktopStrings as english } from '../en/desktop.ts';
import type { Translation } from '../languages.ts';

export const desktopStrings = {
  newWindow: '新建窗口',
  openInWindow: '在新窗口中打开',
  openThis: '在新窗口中打开此会话',
  tooManyWindows: {
    message: '窗口数量已达上限。',
    impact: '没有打开新窗口，其他一切照常进行。',
    next: '关闭一个不需要的窗口，或在当前窗口中打开该会话。',
  },
} satisfies Translation<typeof english>;
