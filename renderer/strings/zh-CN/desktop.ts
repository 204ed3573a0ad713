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
  onlyWindow: '这属于应用所在的那台电脑',
  onlyWindowNote:
    '唤出 Quarterdeck 的按键、登录时打开、显示大小和拼写检查都在应用自己的窗口中设置。浏览器对此有自己的设置。',
  summonTitle: '唤出 Quarterdeck',
  summonNote: '在任何程序中都有效的按键。再按一次会收起 Quarterdeck。某些 Linux 桌面环境不会把这样的按键交给程序。',
  noKeys: '尚未设置按键。',
  setKeys: '设置按键…',
  changeKeys: '更换按键…',
  clearKeys: '移除',
  pressKeys: '现在请按下按键',
  pressKeysNote: 'Ctrl、Alt、Shift 和系统键中的两个加上字母或数字，或其中一个加上 F1 到 F24。按 Esc 结束。',
  refused: {
    unfit: '这些按键会影响其他程序，或者系统不认识它们。请同时按住两个键，例如 Shift 加另一个。',
    own: 'Quarterdeck 自己在使用这些按键，请换一组。',
  },
  keysDead:
    '这些按键现在不起作用：其他程序占用了它们，或者桌面环境不提供。请设置其他按键，或等它们空出来后再设置一次。',
  loginTitle: '登录时',
  login: '登录时打开 Quarterdeck',
  loginNote: '这样手机和脚本随时都能连上它。',
  loginCannot: '只有已安装的 Quarterdeck 才能在登录时打开。',
  hidden: '不显示窗口',
  hiddenNote: '它会在后台打开。再启动一次 Quarterdeck 或按下你的按键即可看到它。',
  unapproved: '系统正在等待你在其设置中、登录时打开的程序里允许它。',
  otherProgram: (path: string) => `系统现在打开的是另一个副本：${path}。关闭后再打开此项即可改为这一个。`,
  backgroundTitle: '关闭最后一个窗口时',
  background: '在托盘中继续运行',
  backgroundNote: '任务会继续，手机和脚本仍能连接。点击时钟旁的图标，或再次启动 Quarterdeck，即可重新打开窗口。',
  backgroundCannot: '此桌面没有放置时钟旁图标的位置，因此关闭最后一个窗口会结束 Quarterdeck。',
  zoomTitle: '大小',
  zoom: '窗口中所有内容的大小',
  zoomNote: '对所有窗口有效并会保留。“视图”菜单中也有，并带有按键。',
  spellingTitle: '拼写',
  spelling: '书写时检查拼写',
  spellingFetches:
    '你写的内容不会离开这台电脑。但每种语言都需要一本词典，会从 Google 的服务器获取一次；关闭时不会获取任何内容。右键点击单词可查看建议。',
  spellingSystem: '使用系统自带的词典，不会获取任何内容。右键点击单词可查看建议。',
  spellingLanguages: (languages: string) => `检查的语言：${languages}。它们跟随应用和系统的语言。`,
  noDictionary: '没有适用于应用和系统语言的词典，因此不会检查任何内容。',
  dictionaryMissing: (languages: string) => `无法获取词典：${languages}。有网络后请关闭再打开此项。`,
} satisfies Translation<typeof english>;
