import type { languageStrings as englishLanguage, appearanceStrings as englishLook } from '../en/appearance.ts';
import type { exportStrings as englishExport } from '../en/export.ts';
import type { inboxStrings as englishInbox } from '../en/inbox.ts';
import type { leaveStrings as englishLeave } from '../en/leave.ts';
import type { noticeStrings as englishNotices } from '../en/notices.ts';
import type { outputStrings as englishOutput } from '../en/output.ts';
import type { rightsStrings as englishRights } from '../en/rights.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('zh-CN');

export const appearanceStrings = {
  theme: '主题',
  system: '跟随系统',
  light: '浅色',
  dark: '深色',
  density: '密度',
  densities: { comfortable: '宽松', compact: '紧凑' },
  textSize: '文字大小',
  textSizeNote: '适用于所有文字，包括代码。',
  accent: '强调色',
  accents: { sea: '海蓝', blue: '蓝色', violet: '紫色', rose: '玫红', orange: '橙色', green: '绿色', slate: '石板灰' },
  custom: '自定义颜色',
  adjustedLight: '在浅色主题中会调暗，以便看清文字。',
  adjustedDark: '在深色主题中会调亮，以便看清文字。',
  motion: '动态效果',
  motions: { system: '跟随系统', reduced: '减弱' },
  deviceNote: '这些设置仅在此设备上有效。',
} satisfies Translation<typeof englishLook>;

export const languageStrings = {
  label: '语言',
  system: '跟随系统',
  note: '仅在此设备上有效。智能体所写的内容保持其原来的语言。',
  problem: '无法获取此语言的文本，因此未作更改。请检查连接后重新选择。',
} satisfies Translation<typeof englishLanguage>;

export const exportStrings = {
  as: { md: '导出为 Markdown', html: '导出为 HTML', json: '导出为带哈希的 JSON' },
} satisfies Translation<typeof englishExport>;

export const inboxStrings = {
  title: '收件箱',
  count: (n: number) => `${number(n)} 项等待你处理`,
  open: (title: string) => `打开“${title}”`,
  empty: '没有等待你处理的内容',
  emptyNote: '任何会话中的智能体请求许可或提问时，都会显示在这里，并可在此回答。',
  waiting: (n: number) => `${number(n)} 个请求等待你的回答`,
  keys: '用方向键切换；按 1 到 4 回答当前聚焦的一项。',
  attention: '需要查看',
  failed: '上一轮次失败。',
  interrupted: '上一轮次被中断；此前的内容都已保留。',
  goal_blocked: '目标受阻。',
  provider: '此智能体现在无法使用。',
  sessions: (n: number) => `${number(n)} 个会话`,
  kept: '在智能体结束前提出',
  more: (n: number) => `仅显示前 ${n} 项。回答一些后，其余会出现。`,
  answered: '刚刚回答',
  unread: '新',
  markRead: '标为已读',
  markUnread: '标为未读',
} satisfies Translation<typeof englishInbox>;

export const leaveStrings = {
  title: '打开此地址？',
  mailTitle: '给此地址写信？',
  note: '此链接出自智能体或程序所写的内容。除非地址本身带有信息，对方不会知道此对话的内容。',
  differs: (said: string, host: string) => `链接显示为 ${said}，但实际指向 ${host}。`,
  notSecure: '此地址在传输中不受保护，或试图伪装成其他地址。',
  otherLetters: '其名称含有与其他字母相似的字符。这里按实际发送的形式显示。',
  noAddress: '这不是可以打开的地址。',
  trust: (host: string) => `今后打开 ${host} 的链接时不再询问`,
  open: '打开',
} satisfies Translation<typeof englishLeave>;

export const outputStrings = {
  open: '完整打开',
  search: '搜索此输出',
  hits: (at: number, all: number) => (all === 0 ? '未找到' : `第 ${number(at)} 个，共 ${number(all)} 个`),
  previous: '上一个结果',
  next: '下一个结果',
  wrap: '长行自动换行',
  lines: (n: number) => `输出，${number(n)} 行`,
  cut: (n: number) => `… 此行还有 ${number(n)} 个字符`,
} satisfies Translation<typeof englishOutput>;

export const rightsStrings = {
  without: {
    admin: '此设备不能管理整体数据。请在窗口中操作，或授予此设备全部权限。',
    chat: '此设备在这里可读不可写。所有者可在“设置 → 设备”中更改。',
    'sessions:read': '此设备不能读取会话。',
    'sessions:write': '此设备不能更改会话。',
    'approvals:write': '此设备不能代你回答。请在有权限的设备上回答。',
  },
  mode: '需要回答智能体提问的权限。',
} satisfies Translation<typeof englishRights>;

export const noticeStrings = {
  lead: 'Quarterdeck 会通过系统通知告诉你哪些事需要你处理。你正在看的内容不会通知。',
  leadPage: '只要此页面开着（在后台标签页中也可以），它就能通知你需要处理的事。关闭之后就无法通知。',
  what: '通知哪些事',
  waiting: '有事情等你处理',
  waitingNote: '智能体请求许可或提出问题，或者目标停滞。',
  ended: '较长的轮次已结束',
  endedNote: '目标达成时也会通知。你自己停止的不会通知。',
  length: '多长算较长',
  lengths: (minutes: number) =>
    minutes === 0 ? '无论多短' : minutes === 60 ? '一小时及以上' : `${minutes} 分钟及以上`,
  failed: '轮次失败',
  failedNote: '智能体无法继续，例如达到了其套餐的限额。',
  how: '方式',
  sound: '声音',
  soundNote: '系统为通知播放的声音。',
  onlyBehind: '仅当 Quarterdeck 不在前台时',
  onlyBehindNote: '关闭后，你在一个会话中工作时也会收到其他会话的通知。',
  test: '显示测试通知',
  tested: '通知已交给系统。如果没有看到，说明系统没有显示它：请查看系统的通知设置，以及是否开启了“勿扰”。',
  answers: '可以在通知中拒绝请求，或将简单的命令允许一次。需要细看的内容，请点击后再答复。',
  noAnswers: '点击通知会转到相应的请求，可在那里阅读并答复。',
  unsupported: '此系统不显示通知。等待处理的事仍会出现在收件箱、窗口标题中，以及时钟旁的图标上（如果有）。',
  unreachable: '无法查询通知设置。请重新打开此面板。',
  insecure: '浏览器只显示通过 TLS 或来自本机的页面的通知。要在这里收到通知，请在“网关”中开启 TLS，并打开它的地址。',
  missing: '此浏览器不显示这类页面的通知。在 iPhone 或 iPad 上，请先将页面添加到主屏幕。',
  ask: '允许通知',
  askNote: '浏览器会询问一次此页面能否显示通知。',
  denied: '此浏览器已被设为不显示此页面的通知。请在浏览器对此地址的设置中允许。',
  deviceNote: '这些仅对此设备生效。',
} satisfies Translation<typeof englishNotices>;
