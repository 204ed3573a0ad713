import type { GuideWords } from './index.ts';

const answered = (message: string): string => (message ? `你说：“${message}”` : '');

const introduction =
  '我是 **Quarterdeck 的内置向导**。我是一个小程序，不是语言模型：只懂几条简单的命令，别的都不懂。' +
  '不过我做的事是真的：文件和命令都是这个文件夹里的，也会真的请你许可。';

const commandTable = `| 输入 | 我会 |
| --- | --- |
| \`list\` 或 \`list 文件夹\` | 显示文件夹中的内容 |
| \`read 文件\` | 打开文件 |
| \`search 文字\` | 在所有文件中查找文字 |
| \`write 文件: 文字\` | 创建或替换文件（先询问） |
| \`edit 文件: replace A with B\` | 更改文件（先询问） |
| \`delete 文件\` | 删除文件（先询问） |
| \`run 命令\` | 在此文件夹中运行命令（先询问） |
| \`plan\`、\`think\`、\`ask me\` | 显示计划、思考过程、带选项的问题 |
| \`count to 50 slowly\` | 给你时间按**停止**，或让消息排队 |
| \`big output\`、\`fail\` | 显示很长的输出，以及错误的样子 |
| 随消息附上的图片或文件 | 说明收到了什么 |
| \`tour\` | 依次带你走一遍 |`;

export const zhCn: GuideWords = {
  help: `${introduction}\n\n${commandTable}\n\n要与真正的智能体一起工作，请在新建会话时选择其他智能体。`,
  hello: `你好。${introduction}\n\n输入 \`tour\` 查看应用各部分如何工作，输入 \`help\` 查看我懂的所有命令。`,
  told: (characters) =>
    `向导收到了此会话之前的经过（${characters} 个字符）。它不保留记忆，也不会使用；真正的智能体会使用。`,
  unknown: (words) => `我不懂“${words}”。${introduction}\n\n我懂的是：\n\n${commandTable}`,
  incomplete: (verb, usage) => `“${verb}”还缺一点内容。请这样输入：\`${usage}\``,
  whereabouts: (resumed) =>
    `${
      resumed ? '此会话以原来的标识恢复：应用重新启动过，或者我中途休眠过。' : '自应用启动以来，此会话一直在我这里。'
    }我不记得说过什么，也不需要记得：每条命令都自成一体。上面的对话由 Quarterdeck 保存在这台电脑的日志中，你的文件也都在原处。`,
  usages: {
    read: 'read 文件',
    search: 'search 文字',
    write: 'write 文件: 文字',
    edit: 'edit 文件: replace A with B',
    delete: 'delete 文件',
    run: 'run 命令',
  },
  bytes: (count) => `${count} 字节`,

  wouldDo: (steps) =>
    `此会话处于**计划模式**，因此不作更改，也不运行任何命令。我会这样做：\n\n${steps}\n\n如需执行，请切换到其他模式后再输入一次。`,
  planSteps: ['说明什么是计划', '勾选这一步', '完成'],
  planBegins: '任务较长时，智能体会先写下步骤。你会看到一份不断更新的清单。',
  planEnds: '所有步骤都已完成。真正的智能体会在步骤之间工作。',

  thinking: (about) =>
    `你要我思考${about ? `${about}` : ''}。老实说，我做不到：我只是照着脚本走。这个区块是智能体的思考出现的地方。结束后会折叠起来，并保留在日志中。`,
  thought: (about) =>
    `我并没有真的思考${about ? ` ${about}，也没有思考别的` : ''}，不过你可以展开上面的区块，看看智能体的思考会出现在哪里。`,

  askThought: '我要向你提一个问题，就像智能体需要你作决定时那样。',
  askQuestion: '你想进一步了解什么？',
  askHeader: '主题',
  topics: [
    {
      label: '许可',
      description: '哪些操作无需询问',
      told: '**许可**：在“询问”模式下，每次更改和每条命令都会等你答复。“接受编辑”允许更改文件夹中的文件，“仅计划”不作任何更改，“完全访问”从不询问。请求会一直等到你答复，重新启动后也不例外。',
    },
    {
      label: '日志',
      description: '保存什么，保存在哪里',
      told: '**日志**：每条消息、每次工具调用和每个答复都是这台电脑上数据库中的一条记录，并与前一条相链，哪怕改动一个字节也会被发现。可用 `quarterdeck verify` 检查。',
    },
    {
      label: '其他设备',
      description: '在另一个屏幕上继续',
      told: '**其他设备**：轮次属于会话，而不属于窗口：关掉窗口，在别处打开，错过的内容会原样补上。',
    },
  ],
  notChosen: (message) => `你没有选择，这没关系。${answered(message)}`,
  notAnswered: '未回答。',
  otherTopic: (answer, topics) =>
    `你的回答是 ${answer || '`无`'}。对此我没有什么可说的：我的主题有${topics.join('、')}。`,

  failing: '按你的要求，这个轮次即将以错误结束。',

  linesThought: (lines) => `我将输出 ${lines} 行，让你看看很长的输出如何显示。`,
  linesTitle: (lines) => `${lines} 行`,
  linesDone: (lines) => `以上共 ${lines} 行。较长的输出会折叠；特别长的会省略中间部分，卡片上会写明省略了多少。`,

  thisFolder: '此文件夹',
  listThought: (name) => `我将列出${name ?? '此会话的文件夹'}中的内容。这不会更改任何东西。`,
  andMore: (count) => `… 另有 ${count} 项`,
  andMoreAbove: (count) => `… 另有 ${count} 项（完整列表见上面的卡片）`,
  kinds: { link: '链接', other: '其他' },
  nothingIn: (where) => `${where}中还没有内容。输入 \`write hello.txt: 你好\` 可以放一个文件进去。`,
  holds: (where, folders, files) => `${where}中有 **${folders} 个文件夹**和 **${files} 个文件**：`,
  readHint: (path) => `输入 \`read ${path}\` 打开其中一个。`,

  readThought: (name) => `我将读取 ${name}。这不会更改任何东西。`,
  empty: (name) => `${name} 是空的。`,
  hasLines: (name, lines, size) => `${name} 有 ${lines} 行（${size}）。`,
  isCut: (name, size, read) => `${name} 有 ${size}；我读取了前 ${read}。`,
  says: '内容如下：',
  begins: '开头如下：',
  inAll: (size) => `（共 ${size}）`,

  searchThought: (text, name) => `我将在${name ?? '此文件夹'}的文件中查找“${text}”。这不会更改任何东西。`,
  searched: (files, complete) => `查找了 ${files} 个文件${complete ? '' : '，因为内容太多，就此停下'}。`,
  nowhere: (text, where, searched) =>
    `${where}中找不到“${text}”。${searched}（我会跳过 \`.git\`、\`node_modules\` 和非文本文件。）`,
  found: (text, lines, files, searched) => `“${text}”出现在 **${files} 个文件**的 **${lines} 行**中。${searched}`,
  restAbove: '其余见上面的卡片。',
  noMatch: '没有匹配。',

  showDifference: '向你显示确切的差异',
  makeChange: '进行更改',
  aboutTo: (step) => `接下来：${step}。`,
  writeStep: (characters, name) => `向 ${name} 写入 ${characters} 个字符`,
  editStep: (from, to, name) => `将 ${name} 中的“${from}”替换为“${to}”`,
  deleteStep: (name) => `删除 ${name}`,
  consentToChange: '向导只在你同意后更改文件。',
  consentToRun: '向导只在你同意后运行命令。',
  notAllowed: '未获允许。',
  leftAlone: (name, message) => `未获允许，所以我没有动 ${name}。${answered(message)}`,
  leftAlonePlan: (name) => `我没有动 ${name}：会话已切换到计划模式。`,
  switchedToPlan: '会话已切换到计划模式。',
  created: (name, added) => `已创建 ${name}（添加 ${added} 行）。`,
  replaced: (name, added, removed) =>
    `已替换 ${name} 的内容（添加 ${added} 行${removed > 0 ? `，删除 ${removed} 行` : ''}）。`,
  edited: (name, added, removed) => `已更改 ${name}：添加 ${added} 行，删除 ${removed} 行。`,
  deleted: (name, lines) => `已删除 ${name}（${lines} 行）。`,
  defaultText: '由 Quarterdeck 的内置向导写入。\n',

  runStep: (command) => `在此文件夹中运行 ${command}`,
  showOutput: '向你显示它的输出以及如何结束',
  runThought: '我将在此文件夹中运行一条命令。你在这里能做的，它都能做，所以请先看清楚。',
  notRun: (command, message) => `未获允许，所以我没有运行 ${command}。${answered(message)}`,
  notRunPlan: (command) => `我没有运行 ${command}：会话已切换到计划模式。`,
  couldNotRun: (command, why) => `无法运行 ${command}：${why}`,
  endedWell: (command) => `${command} 正常结束（退出码 0）。`,
  endedWith: (command, code) => `${command} 以**退出码 ${code}** 结束。`,
  endedBy: (command, signal) => `${command} 被信号 ${signal} 终止。`,
  saidNothing: '没有输出。',
  lastWords: '最后的输出：',
  notStarted: (code) =>
    code === 'ENOENT'
      ? '此会话的文件夹或 shell 已不存在。'
      : code === 'EACCES'
        ? '此用户不能进入此会话的文件夹。'
        : code === 'E2BIG'
          ? '对系统来说太长了。'
          : `系统拒绝启动（${code}）。`,

  pixels: (width, height) => `${width} × ${height} 像素`,
  picture: '图片',
  notText: '不是文本',
  textOf: (lines, more) => `文本，${lines} 行${more ? '以上' : ''}`,
  cannotOpen: (why) => `无法打开（${why}）`,
  attached: (files, rows) =>
    `随消息收到 ${files} 个文件：\n\n| 名称 | 类型 | 大小 | 我能说的 |\n| --- | --- | --- | --- |\n${rows}\n\n我不是语言模型，看不了图片。真正的智能体会收到同样的文件。`,

  goalStep: (step, of) => `步骤 ${step}/${of}`,
  goalUnknown: (place, step) =>
    `${place}是“${step}”。内置向导不是语言模型：目标的每一行都必须是它懂的命令，例如“write a.txt: 一些文字”或“run ls”。`,
  goalRefused: (place, step) => `${place}“${step}”未获允许。`,
  goalDone: (steps) => (steps === 1 ? '步骤已完成。' : `${steps} 个步骤全部完成。`),

  tour: {
    thought: '我将带你走一遍这个应用。下面的计划显示我们走到了哪里。每一步都是真的。',
    welcome: (steps) =>
      `欢迎。本次导览共 ${steps} 步。凡是要更改或运行什么，都会先问你：请看卡片，按你的意思回答。随时可按 **Esc** 停止。`,
    look: '查看文件夹',
    ask: '向你提一个问题',
    write: (file) => `写入 ${file}`,
    change: '改掉其中一个词',
    search: '查找这个词',
    run: '运行一条命令',
    delete: (file) => `再删除 ${file}`,
    notNow: (step) => `*${step}*：此会话处于计划模式，暂不进行。`,
    end: '导览到此结束。你看到了思考、计划、工具卡片、问题、许可请求、差异和命令的输出。现在自己试试吧：`help` 列出我懂的命令；真正的智能体，只要“新建会话”就能开始。',
    file: '# 导览的文件\n\n今天天气不错。\n',
    from: '不错',
    to: '好极了',
    hello: '来自真实命令的问候',
  },

  refusals: {
    control: '该路径含有控制字符。这样的文件我不碰。',
    long: '该路径太长。',
    device: (name) => `“${name}”是设备的名称，不是文件。`,
    outside: (name, root) => `“${name}”在此会话的文件夹（${root}）之外。我只处理文件夹里的东西。`,
    missing: (name) => `此文件夹中没有“${name}”。`,
    denied: (name) => `我不能打开“${name}”：此用户没有权限。`,
    forbidden: (name) => `系统不允许对“${name}”这样做。`,
    folder: (name) => `“${name}”是文件夹，不是文件。`,
    folderToList: (name) => `“${name}”是文件夹。输入 \`list ${name}\` 查看其中的内容。`,
    partIsFile: (name) => `“${name}”的一部分是文件，不是文件夹。`,
    diskFull: (name) => `磁盘已满；“${name}”未更改。请腾出空间后再输入一次。`,
    readOnly: (name) => `“${name}”在只读磁盘上；未更改。`,
    loop: (name) => `“${name}”是一个循环的链接。`,
    nameTooLong: (name) => `名称“${name}”对此磁盘来说太长。`,
    busy: (name) => `另一个程序正在使用“${name}”。`,
    refused: (name, code) => `系统拒绝了“${name}”（${code}）。`,
    notRegular: (name) => `“${name}”不是普通文件。`,
    notText: (name) => `“${name}”不是文本文件。`,
    nothingToShow: (name) => `“${name}”不是文本文件，没有可以显示的内容。`,
    tooLarge: (name, size) => `“${name}”太大，我无法更改（${size}）。`,
    changedMeanwhile: (name) => `“${name}”在此期间被别人更改过，所以我没有动它。再输入一次可查看新的差异。`,
    saysThat: (name) => `“${name}”的内容已经是这样；没有需要更改的。`,
    notContained: (name, text) => `“${name}”中没有“${text}”，没有可以替换的。`,
    same: '两段文字相同；没有需要更改的。',
  },

  commands: {
    help: ['向导懂的所有命令'],
    tour: ['走一遍应用的各个部分'],
    list: ['显示文件夹中的内容', '[文件夹]'],
    read: ['打开文件', '文件'],
    search: ['在所有文件中查找文字', '文字'],
    write: ['创建或替换文件（先询问）', '文件: 文字'],
    edit: ['更改文件（先询问）', '文件: replace A with B'],
    delete: ['删除文件（先询问）', '文件'],
    run: ['在此文件夹中运行命令（先询问）', '命令'],
    plan: ['显示逐步勾选的计划'],
    think: ['显示思考出现的地方', '[内容]'],
    ask: ['提一个带选项的问题'],
    count: ['给你时间停止，或让消息排队', '[to 50 slowly]'],
  },
};
