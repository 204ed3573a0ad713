import type { NoticeSentences } from '../../../../main/protocol/sentences/notices.ts';
import type { SaidOf } from '../../said.ts';

const modes: Record<string, string> = {
  full: '完全访问',
  'accept-edits': '接受编辑',
  ask: '询问',
  plan: '计划',
  default: '询问',
};
const mode = (one: string): string => `“${modes[one] ?? one}”`;
const causes: Record<string, string> = {
  rate_limit: '限制了请求频率',
  overloaded: '过载',
  server_error: '出现内部错误',
};
const hooks: Record<string, string> = { failed: '失败', blocked: '阻止了操作', stopped: '停止了智能体' };
const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString('zh-CN', { dateStyle: 'medium', timeStyle: 'short' });

export const notices: SaidOf<NoticeSentences> = {
  'notice.silent': ({ name, seconds }) => [
    `${name} 已有 ${seconds} 秒没有回应。它可能在等待模型提供商；你可以等待或停止此轮次。`,
  ],
  'notice.silentRetrying': ({ name, seconds }) => [
    `${name} 已有 ${seconds} 秒没有回应。当提供商限制它或无法连接时，它会默默重试；你可以等待或停止此轮次。`,
  ],
  'notice.backgroundEnded': ['后台运行的内容已结束。智能体会随你的下一条消息得知。'],
  'notice.commandEnded': ({ code }) => [
    `后台运行的命令已结束${code === '' ? '' : `（退出码 ${code}）`}。智能体可随你的下一条消息查看。`,
  ],
  'notice.modelRefused': ({ model, why }) => [`模型保持不变：“${model}”未被接受（“${why}”）。`],
  'notice.modeRefused': ({ mode: wanted, why }) => [`权限模式保持不变：${mode(wanted)}未被接受（“${why}”）。`],
  'notice.effortRefused': ({ effort, why }) => [`推理强度保持不变：“${effort}”未被接受（“${why}”）。`],
  'notice.ownToolServer': ({ name, why }) => [
    `无法连接此应用的工具服务器“${name}”（“${why}”）。智能体将不使用其工具。`,
  ],
  'notice.toolServer': ({ name, why }) => [
    `无法启动${name ? `工具服务器 ${name}` : '此会话的工具服务器'}；缺少其工具${why ? `（“${why}”）` : ''}。`,
  ],
  'notice.conversationLost': ({ name }) => [`${name} 已没有这段对话：智能体不记得上方的内容。没有运行任何内容。`],
  'notice.conversationGone': ({ name }) => [`${name} 已没有这段对话。`],
  'notice.noResume': ({ name }) => [`${name} 无法接续之前的对话。`],
  'notice.conversationCleared': ['对话已清除：智能体不记得上方的内容。'],
  'notice.rateLimitNear': ({ at }) => [`你的套餐即将达到使用上限。${at ? `将于 ${moment(at)} 重置。` : ''}`],
  'notice.compactionFailed': ({ why }) => [`Claude Code 无法总结对话${why ? `（“${why}”）` : ''}。`],
  'notice.compacting': ['Claude Code 正在总结对话以腾出空间。'],
  'notice.cliDiskFull': ({ code }) => [
    `Claude Code 无法保存它自己的对话副本（${code || '磁盘已满'}）：重启后智能体可能不记得全部内容。请腾出磁盘空间；这里显示的内容已保留。`,
  ],
  'notice.apiRetry': ({ cause, status, seconds, attempt, most }) => [
    `模型提供商${causes[cause] ?? (status ? '返回了错误' : '无法连接')}${status ? `（${status}）` : ''}。${seconds} 秒后重试（第 ${attempt} 次${most ? `，共 ${most} 次` : ''}）。`,
  ],
  'notice.retrying': ({ name, words }) => [`${name} 正在重试（“${words}”）。`],
  'notice.unaskedTurn': ({ name }) => [`${name} 未经要求就开始工作；已将其停止。`],
  'notice.requestRefused': ({ name, what }) => [`${name} 请求了此应用尚无法答复的内容（${what}）；已拒绝。`],
  'notice.hook': ({ name, status, words }) => [
    `钩子（${name}）${hooks[status] ?? status}${words ? `：“${words}”` : '。'}`,
  ],
  'notice.attachmentsUnused': ({ command }) => [`/${command} 不接受附件：附件已略去。请随消息发送。`],
  'notice.ownGoal': [
    'Codex 在这段对话中有自己的目标。由于每个轮次都由此应用开始，该目标已暂停：请在这里设定目标以便执行。',
  ],
  'notice.modelRerouted': ({ model }) => [`Codex 使用了与所选不同的模型答复：${model}`],
  'notice.emptyWarning': ({ name }) => [`${name} 发出了警告，但没有说明内容。`],
  'notice.unknownMessage': ({ name, kind }) => [`${name} 发送了此版本的应用不认识的内容（${kind}）。已略去。`],
  'notice.nested': ({ name, depth }) => [`${name} 写出了嵌套超过 ${depth} 层的一行。更深的内容已略去。`],
  'notice.garbage': ({ name }) => [`${name} 写出了不属于其协议的一行。已略去。`],
  'notice.refusalWords': ({ name }) => [`${name} 已得知你的拒绝，但不知道你的话：它的协议没有地方传达。请用消息发送。`],
  'notice.modeKept': ({ mode: now, wider }) => [
    `智能体想以${mode(wider)}模式继续，但没有人允许；它仍处于${mode(now)}。`,
  ],
  'notice.modeNarrowed': ({ name, from, to }) => [`${name} 没有${mode(from)}模式，因此此会话现在处于${mode(to)}。`],
  'notice.steerFailed': ['你的消息已无法加入正在运行的轮次；它会等待下一个轮次。'],
  'notice.eventDamaged': ({ seq, session }) => [
    `此会话的第 ${seq} 条记录在磁盘上已损坏，无法显示。前后的内容是完整的。“quarterdeck verify ${session}”可了解更多；Quarterdeck 文件夹中的备份可能仍有它。`,
  ],
  'notice.otherWriter': ({ name }) => [
    `另一个程序（可能是终端中的 ${name}）继续了此会话背后的对话。在那里说的内容不会显示在这里；如果两者都继续，彼此都不知道对方做了什么。`,
  ],
  'notice.takenOver': ({ name, how }) => [
    how === 'branch'
      ? `从下一条消息起，${name} 会以自己的分支继续；另一个程序保留原对话。`
      : `从下一条消息起，${name} 会接着其对话中现有的内容继续。`,
  ],
};
