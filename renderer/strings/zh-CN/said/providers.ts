import type { AgentParts, ProviderSentences } from '../../../../main/protocol/sentences/providers.ts';
import type { SaidOf } from '../../said.ts';

const lostNothing = '你的消息以及到此为止的内容都已保留，但没有得到答复。';
const workStands = '到此为止写下的内容已保留；智能体已对文件做出的更改仍然有效。';
const again = '再次发送消息。';
const goOn = '请发送“继续”之类的消息。';
const network = '请检查网络连接并再次发送消息。';
const resumes = '请发送“继续”之类的消息：对话会从中断处接续。';
const below = '请查看下方的详细信息';
const unchanged = '没有任何更改。';
const lookAgain = '请再看一下智能体列表。';
const why = (errno: string): string =>
  errno === 'EACCES' || errno === 'EPERM'
    ? '不允许执行'
    : errno === 'ENOENT'
      ? '没有这个文件，或缺少它所需的内容'
      : errno === 'EISDIR'
        ? '它不是文件'
        : '系统拒绝了它';
const chmod = (path: string) => `请将其设为可执行（chmod +x ${path}）`;
/** `at`: seconds since 1970. */
const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString('zh-CN', { dateStyle: 'medium', timeStyle: 'short' });
type Agent = AgentParts & { name: string };
const install = ({ agent, name, line }: Agent): string =>
  agent === 'gemini'
    ? `请安装它（${line}），或将 QUARTERDECK_GEMINI_PATH 设为其位置。`
    : `请检查 ${name} 设置中的命令（“${line}”），或安装它所指的程序。`;
const signIn = ({ agent, name, key }: Agent): string =>
  agent === 'gemini'
    ? `请为它存储 API 密钥（或在启动应用前设置 ${key}），或在终端中运行一次“gemini”并在那里登录。`
    : `请按文档说明在终端中登录 ${name}${key ? `，或为它存储 API 密钥（${key}）` : ''}。`;
const tryIt = ({ agent, line }: Agent): string =>
  `在同一文件夹的终端中运行“${agent === 'gemini' ? 'gemini' : line}”可看到它自己的消息。`;

export const providers: SaidOf<ProviderSentences> = {
  'cli.notInstalled': ({ name, command, variable }) => [
    `在这台计算机上没有找到 ${name}。`,
    lostNothing,
    `请安装它（${command}），或将 ${variable} 设为其位置，然后${again}`,
  ],
  'cli.notUsable': ({ name, path, errno, variable }) => [
    `无法启动 ${name}：${path}（${why(errno)}）。`,
    lostNothing,
    errno === 'EACCES'
      ? `${chmod(path)}或重新安装 ${name}，然后${again}`
      : `请重新安装 ${name} 或更正 ${variable}，然后${again}`,
  ],
  'cli.ended': ({ name, how, understood, command }) =>
    understood
      ? [`${name} 在工作途中终止了（${how}）。`, workStands, resumes]
      : [
          `${name} 立即终止了（${how}）。`,
          lostNothing,
          `${below}；在同一文件夹的终端中运行“${command}”会显示同样的消息。`,
        ],
  'cli.deaf': ({ name, fresh }) => [
    `${name} 不再读取发给它的内容，已被结束。`,
    lostNothing,
    fresh ? `请${again}智能体会为此重新启动。` : `请${again}对话会从中断处接续。`,
  ],
  'cli.notUnderstood': ({ name }) => [
    `${name} 的答复方式是此版本的应用无法理解的。`,
    lostNothing,
    `请更新 Quarterdeck；在此之前请安装较早版本的 ${name}。`,
  ],
  'cli.silent': ({ name, minutes }) => [`${name} ${minutes} 分钟没有任何回应，已被结束。`, lostNothing, network],
  'cli.folderGone': ({ path }) => [
    `无法打开此会话的文件夹：${path}`,
    lostNothing,
    `请恢复该文件夹（或其权限）并${again}也可以在其他文件夹中开始会话。`,
  ],
  'cli.lineTooLong': ({ name, megabytes }) => [
    `${name} 写出了超过 ${megabytes} MB 的一行，已被结束。`,
    workStands,
    '请发送“继续”之类的消息；如果是工具结果过大，请一次少要一些。',
  ],
  'cli.rateLimited': ({ plan, at }) => [
    `${plan ? '你的套餐或账户已达到使用上限。' : '模型提供商限制了请求频率。'}${at ? `将于 ${moment(at)} 重置。` : ''}`,
    workStands,
    at ? `请在那之后${again}` : `请等几分钟，然后${again}`,
  ],
  'cli.modelUnknown': [
    '此会话所选的模型不存在，或你的账户无法使用。',
    lostNothing,
    `请为此会话选择其他模型，然后${again}`,
  ],
  'cli.contextFull': [
    '对话对模型来说太长了。',
    workStands,
    `请发送 /compact 让前面的部分得到总结，或开始新会话，然后${again}`,
  ],
  'cli.apiFailed': ({ status }) => [
    status === 0
      ? '无法连接到模型提供商，或它没有答复。'
      : status === 529 || status === 503
        ? `模型提供商过载（${status}）。`
        : `模型提供商返回了错误（${status}）。`,
    workStands,
    status === 0
      ? network
      : status === 529 || status === 503
        ? `请等一分钟后${again}也可以选择其他模型。`
        : `请稍后${again}下方的详细信息是提供商的原话。`,
  ],
  'cli.turnFailed': ({ name }) => [`${name} 以错误结束了轮次。`, workStands, `${below}，然后${again}`],

  'claude.notItsProtocol': ({ end }) => [
    `Claude Code 写出了不属于其协议的内容并结束（“${end}”）。`,
    lostNothing,
    '请在终端中运行“claude --version”：找到的可能是另一个程序，或安装已损坏。',
  ],
  'claude.notSignedIn': ({ command }) => [
    'Claude Code 未登录，或登录已失效。',
    lostNothing,
    `请在终端中运行“${command}”，或在设置中存储 API 密钥（或更正 ANTHROPIC_API_KEY），然后${again}`,
  ],
  'claude.tooManySteps': ['此轮次的步骤超过允许的数量，Claude Code 停止了。', workStands, goOn],
  'claude.attachmentRefused': [
    '模型提供商没有接受消息：其中的图片或文件，或整条消息太大。',
    lostNothing,
    '请用较小的图片或文件重新发送，或让智能体从文件夹中读取文件。',
  ],
  'claude.noCredit': [
    '模型提供商处的账户余额不足，或有未付账单。',
    workStands,
    `请在账户中处理（API 密钥请见 console.anthropic.com），或用其他账户登录，然后${again}`,
  ],
  'claude.accountRefused': ({ command }) => [
    'Claude Code 所登录的账户不能用于此用途。',
    lostNothing,
    `${below}；请用其他账户登录（在终端中运行“${command}”），或在设置中存储 API 密钥，然后${again}`,
  ],

  'codex.notItsProtocol': ({ how }) => [
    `Codex 写出了不属于其协议的内容并终止（${how}）。`,
    lostNothing,
    '请在终端中运行“codex --version”：找到的可能是另一个程序，或安装已损坏。',
  ],
  'codex.keyRefused': ({ command }) => [
    'Codex 没有接受此应用中存储的 API 密钥。',
    lostNothing,
    `请在设置中更正或移除密钥（没有密钥时使用“${command}”的登录），然后${again}`,
  ],
  'codex.silent': ({ minutes }) => [`Codex ${minutes} 分钟没有任何回应，已放弃等待。`, lostNothing, network],
  'codex.notSignedIn': ({ command }) => [
    'Codex 未登录，或登录已失效。',
    lostNothing,
    `请在终端中运行“${command}”（或更正其模型提供商的 API 密钥），然后${again}`,
  ],
  'codex.cutShort': ['模型在答复完成之前就结束了。', workStands, goOn],
  'codex.sandboxFailed': [
    '无法使用 Codex 的沙盒。',
    workStands,
    `${below}；在终端中运行“codex doctor”可了解更多。完全访问不使用沙盒。`,
  ],
  'codex.requestRefused': ['Codex 没有接受消息。', lostNothing, `${below}，然后${again}`],
  'codex.openElsewhere': [
    '此对话已在另一个运行 Codex 的程序中打开。',
    lostNothing,
    `请在那里结束 Codex 并${again}也可以为此会话建立分支，并行继续。`,
  ],

  'gemini.settingsNotWritten': ({ name, folder, code }) => [
    `${name} 没有启动：此应用给它的设置无法写入 ${folder}（${code}）。`,
    lostNothing,
    `请腾出磁盘空间，或让该文件夹重新可写，然后${again}`,
  ],

  'acp.notFound': (p) => [`在这台计算机上没有找到 ${p.name}。`, lostNothing, `${install(p)}然后${again}`],
  'acp.notUsable': (p) => [
    `无法启动 ${p.name}：${p.path}（${why(p.errno)}）。`,
    lostNothing,
    p.errno === 'EACCES' ? `${chmod(p.path)}，然后${again}` : `${install(p)}然后${again}`,
  ],
  'acp.notItsProtocol': (p) => [
    `${p.name} 写出了不属于 Agent Client Protocol 的内容并终止（${p.how}）。`,
    lostNothing,
    `请检查命令：可能是另一个程序，或需要选项才能使用该协议。${tryIt(p)}`,
  ],
  'acp.ended': (p) =>
    p.understood
      ? [`${p.name} 在工作途中终止了（${p.how}）。`, workStands, '请发送“继续”之类的消息；智能体会为此重新启动。']
      : [`${p.name} 立即终止了（${p.how}）。`, lostNothing, `${below}。${tryIt(p)}`],
  'acp.notUnderstood': (p) => [
    `${p.name} 的答复方式是此版本的应用无法理解的。`,
    lostNothing,
    `请检查命令是否支持 Agent Client Protocol（版本 1），或更新 Quarterdeck。${tryIt(p)}`,
  ],
  'acp.noHandshake': (p) => [
    `${p.name} 已启动，但 ${p.seconds} 秒后仍未就绪。`,
    lostNothing,
    `请${again}如果仍然如此，请查看它在等待什么。${tryIt(p)}`,
  ],
  'acp.notSignedIn': (p) => [`${p.name} 未登录，或登录已失效。`, lostNothing, `${signIn(p)}然后${again}`],
  'acp.rateLimited': [
    '模型提供商限制了请求频率，或套餐已用完。',
    workStands,
    `请等几分钟后${again}也可以选择其他模型。`,
  ],
  'acp.apiFailed': ({ status }) => [
    `模型提供商返回了错误（${status}），或与它的连接中断了。`,
    workStands,
    `请稍后${again}下方的详细信息是提供商的原话。`,
  ],
  'acp.emptyAnswer': ({ name }) => [
    `${name} 没有答复就结束了轮次。`,
    '模型拒绝了、达到了长度上限，或答复在途中丢失；智能体没有说明是哪一种。',
    `请${again}如果仍然如此，请换一种说法、一次少要一些，或选择其他模型。`,
  ],
  'acp.refused': ({ name }) => [
    `${name} 拒绝继续处理。`,
    '到此为止写下的内容已保留；智能体在下一轮次不会考虑这条消息。',
    '请换一种说法，或去掉它可能拒绝的部分。',
  ],
  'acp.tooLong': ({ name }) => [
    `答复或整段对话达到了模型的长度上限，${name} 停止了。`,
    workStands,
    '请发送“继续”之类的消息；如果同样结束，请开始新会话：此会话已满。',
  ],
  'acp.contextFull': ({ name }) => [
    `这段对话已超出 ${name} 的模型所能容纳的长度。`,
    workStands,
    '如果智能体有相应命令（如 /compact），请用它腾出空间；或选择上下文更大的模型，或在新会话中继续。',
  ],
  'acp.tooManySteps': ({ name }) => [
    `${name} 自行停止了：轮次的步骤超过允许的数量，或在重复自己。`,
    workStands,
    '请发送“继续”之类的消息，或说明应当怎样改变做法。',
  ],
  'acp.modeImpossible': ({ name, mode, why: reason }) => [
    `${name} 无法在所选的权限模式（${mode}）下工作（“${reason}”）。`,
    '你的消息已保留；没有运行任何内容，因为智能体可能会超出该模式的许可。',
    `请为此会话选择其他权限模式，然后${again}`,
  ],

  'guide.defect': [
    '内置向导自身出现了缺陷。',
    '此轮次提前结束；之前完成的内容在上方。',
    '请再说一遍，或换一种说法。如果再次发生，请附上下方的详细信息报告。',
  ],
  'guide.folderGone': ({ path }) => [
    `无法打开此会话的文件夹：${path}`,
    '你的消息以及到此为止的内容都已保留；没有做任何操作。',
    `请恢复该文件夹（或其权限）并${again}也可以在其他文件夹中开始会话。`,
  ],
  'guide.failed': [
    '内置向导应你的要求，以错误结束了此轮次。',
    '没有任何更改。错误之前的内容已保留。',
    '发送另一条消息即可继续。',
  ],

  'hint.noAnswer': ({ name, path, why: words, variable }) => [
    `${path} 的答复不像 ${name}（“${words}”）。`,
    '',
    `请重新安装 ${name}，或将 ${variable} 设为正确的程序。`,
  ],
  'hint.tooOld': ({ name, version, oldest }) => [
    `${name} ${version} 早于此应用支持的最旧版本 ${oldest}。`,
    '',
    '请更新它。',
  ],
  'hint.notSignedIn': ({ name }) => [`${name} 已安装，但未登录。`, '', '请在终端中登录，或在设置中为它存储 API 密钥。'],
  'hint.noCredential': (p) => [`${p.name} 已安装，但没有凭据。`, '', signIn(p)],
  'hint.lookFailed': ({ name, why: words }) => [
    `查找 ${name} 失败（“${words}”）。`,
    '',
    '请再次查找；如果仍然如此，请报告。',
  ],
  'next.pressInstall': ['请按“安装”或运行下方的命令，然后再次查找。'],
  'next.reinstall': ({ name, path, errno, variable }) => [
    errno === 'EACCES'
      ? `${chmod(path)}或重新安装 ${name}，然后再次查找。`
      : `请重新安装 ${name} 或更正 ${variable}，然后再次查找。`,
  ],
  'next.agentCommand': (p) => [
    p.errno === 'EACCES' ? `${chmod(p.path)}，然后再次查找。` : `${install(p)}然后再次查找。`,
  ],

  'check.notStarted': ({ name }) => [`无法启动 ${name}。`],
  'check.noSession': ({ name }) => [`${name} 已启动，但没有打开会话。`],
  'next.installAgent': (p) => [install(p)],
  'next.signInAgent': (p) => [`${signIn(p)}在此之前就可以添加它。`],
  'next.protocolOption': (p) => [
    `请检查命令是否支持 Agent Client Protocol：许多程序需要“acp”或“--acp”之类的选项。${tryIt(p)}`,
  ],
  'next.lookAtOutput': (p) => [`请查看它输出的内容。${tryIt(p)}`],

  'agents.noFolder': ({ name, folder }) => [
    `${name} 没有启动：无法在 ${folder} 中为它创建空文件夹。`,
    '',
    '请腾出磁盘空间，或让该文件夹可写，然后重试。在此之前就可以添加该智能体。',
  ],
  'agents.gone': ['没有这个智能体，或它已不存在。', unchanged, '请再看一下列表。'],
  'agents.nameTaken': ({ id }) => [`名称“${id}”属于应用自带的智能体。`, unchanged, '请选择其他名称。'],
  'keys.notTaken': ({ name }) => [`${name} 不接受应用提供的 API 密钥。`, '没有存储任何内容。', '请在终端中登录。'],
  'keys.notAKey': ({ name }) => [
    `这不是 ${name} 的 API 密钥：其中有密钥不会有的空格、换行或字符。`,
    '没有存储任何内容。',
    '请重新复制密钥，只复制密钥本身。',
  ],
  'keys.none': ['此智能体没有存储 API 密钥，或它已被移除。', unchanged, lookAgain],
  'keys.notHere': ({ box }) => [
    box === 'keychain'
      ? '此提供商的 API 密钥是从应用窗口存入系统钥匙串的，从这里无法打开。'
      : `此提供商的 API 密钥是由另一版本的 Quarterdeck 存储的（${box}）。`,
    '它已保留，但 CLI 在这里得不到它。',
    '请使用带窗口的 Quarterdeck，或在这里重新存储 API 密钥。',
  ],
  'keys.unreadable': ({ reason, path }) => [
    `无法读取存储的 API 密钥：${reason === 'gone' ? `密钥文件 ${path} 不见了。` : reason === 'damaged' ? '它已损坏。' : `它是用 ${path} 之外的密钥加密的，或已损坏。`}`,
    '它保持原样，但 CLI 得不到它。',
    '请恢复密钥文件，或重新存储 API 密钥。',
  ],
  'keys.keychainRefused': ({ how }) => [
    how === 'not_taken'
      ? '系统钥匙串没有接受 API 密钥。'
      : how === 'other'
        ? '系统钥匙串返回的不是 API 密钥。'
        : '系统钥匙串没有返回 API 密钥。',
    '已存储的内容保持原样，但 CLI 得不到密钥。',
    '请解锁钥匙串后重试，或重新存储 API 密钥。',
  ],
  'keys.file': ({ path, what }) => [
    `用于加密 API 密钥的文件 ${path} 有问题：${{ unreadable: '无法读取', link: '它是链接', no_file: '它不是文件', foreign: '它属于其他用户', no_key: '其中没有密钥', unwritable: '无法写入' }[what] ?? what}。`,
    '在解决之前无法使用存储的 API 密钥。没有删除任何内容。',
    '请将文件恢复原状（0600，归你所有）。如果已丢失，请删除它并重新存储 API 密钥。',
  ],
  'install.notOnNpm': ({ name }) => [
    `无法从这里安装 ${name}：它不在 npm 上发布。`,
    unchanged,
    '请按其文档安装，然后再次查找。',
  ],
  'install.noJob': [
    '没有这个任务：只保留最近的任务，重启后不保留。',
    unchanged,
    '请查看智能体列表：其中显示已安装的内容。',
  ],
  'signIn.noCommand': ({ name }) => [`${name} 没有用于登录的命令。`, unchanged, '请按其文档登录，然后再次查找。'],
  'terminal.none': ({ command }) => [
    '在这台计算机上没有找到终端程序。',
    '没有运行任何内容。',
    `请自行打开终端并运行：${command}`,
  ],
  'terminal.noScript': ({ file, command }) => [
    `无法写入要在终端中运行的 ${file}。`,
    '没有运行任何内容。',
    `请自行打开终端并运行：${command}`,
  ],
  'terminal.noScreen': ({ command }) => [
    '只有带窗口的应用才能打开终端窗口；此应用没有窗口。',
    '没有运行任何内容。',
    `请在运行 Quarterdeck 的计算机的终端中运行：${command}`,
  ],
};
