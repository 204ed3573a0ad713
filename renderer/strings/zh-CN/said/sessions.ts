import type { SessionSentences } from '../../../../main/protocol/sentences/sessions.ts';
import type { SaidOf } from '../../said.ts';

const unchanged = '没有任何更改。';
const notSent = '你的消息没有发送。';
const noSession = '没有打开会话。';
const notResumed = '目标没有恢复。';
const noGoalSet = '没有设定目标。';
const kept = { set: noGoalSet, limits: '限制没有更改。', resume: notResumed };
const stopFirst = '请停止正在运行的轮次或等它结束，然后重试。';
const lookAgain = '请再看一下列表。';
const otherAgent = '请为此会话选择其他智能体。';
const archived = '此会话已归档。';
const noGoal = '此会话没有目标。';
const cannotGoal = '此智能体无法执行目标。';
const workStands = '在此之前收到的内容保留在上方；智能体已对文件做出的更改仍然有效。';
const unlimited = '请指定命令、命令开头或文件夹；或者使用“unlimited”（需要 admin 权限）。';
const askMode = '请使用拥有 approvals:write 的密钥，或请所有者将会话设为“询问”。';
const modes: Record<string, string> = { full: '完全访问', 'accept-edits': '接受编辑', ask: '询问', plan: '计划' };
const goalStates: Record<string, string> = {
  active: '进行中',
  paused: '已暂停',
  complete: '已达成',
  blocked: '受阻',
  cancelled: '已取消',
  out_of_budget: '已达上限',
};
const decisions: Record<string, string> = {
  allow_once: '允许一次',
  allow_session: '本会话内允许',
  allow_always: '始终允许',
  deny: '拒绝',
};
const places: Record<string, string> = {
  window: '在窗口中',
  browser: '在浏览器中',
  websocket: '通过 WebSocket',
  http: '通过 HTTP',
  cli: '在命令行中',
  app: '自动',
  sealed: '从已配对的设备',
  ductor: '通过 ductor 接口',
  unix: '通过本地套接字',
};
const who = (kind: string, name: string): string =>
  name ? `“${name}”` : kind === 'owner' ? '所有者' : kind === 'rule' ? '规则' : `客户端（${kind}）`;
const limit = ({ kind, most, spent }: SessionSentences['goal.limit']): string =>
  kind === 'turns'
    ? `上限的 ${most} 个轮次已全部用完。`
    : kind === 'minutes'
      ? `已达到 ${most} 分钟的时间上限。`
      : `已达到 $${most} 的上限（已花费 $${spent}）。`;

export const sessions: SaidOf<SessionSentences> = {
  internal: [
    'Quarterdeck 内部出了问题。',
    '此操作没有执行。之前保存的内容都是安全的。',
    '请重试；如果再次发生，请附上日志文件报告（设置中会显示其位置）。',
  ],
  'app.closing': ['应用正在关闭。', unchanged, '请重新启动应用，然后再操作一次。'],
  'app.cannotRestart': [
    '应用无法在此处自行重启。',
    '它会继续运行；没有停止任何东西。',
    '请手动重启，或让它在守护程序下运行（systemd，其他则设置 QUARTERDECK_SUPERVISED=1）。',
  ],
  'command.reusedId': ['此 command_id 已用于另一个命令。', unchanged, '请为每个新命令使用新的 command_id。'],
  'frame.tooLarge': ({ bytes }) => [`帧大于 ${bytes} 字节。`, '没有读取。', '请减少一次发送的内容。'],
  'frame.notJson': ['帧不是 JSON。', '没有执行。', '请每帧发送一个 JSON 对象。'],
  'frame.invalid': ({ why }) => [
    `无法理解此帧：“${why}”`,
    '没有执行。',
    '如果应用刚刚更新，请重新加载页面；所有帧列在 docs/protocol.md 中。',
  ],
  'frame.noPart': ({ type }) => [
    `此应用没有处理“${type}”的部分。`,
    '没有读取或更改任何内容。',
    '请向带窗口运行或作为服务器运行的应用询问。',
  ],
  'reach.wholeMachine': ({ type }) => [
    `“${type}”涉及整台计算机，而此凭据仅限于部分文件夹或会话。`,
    '没有执行；没有任何变化。',
    '请使用不受限制的密钥，或请所有者在窗口中操作。',
  ],
  'reach.noFolder': [
    '此凭据的范围内没有这个文件夹。',
    '没有打开、创建或更改任何内容。',
    '请选择范围内的文件夹，或请所有者在窗口中操作。',
  ],
  'scope.missing': ({ what, scopes, count }) => [
    `${what} 需要${count === 1 ? '' : '以下'}权限 ${scopes}，而此凭据没有。`,
    '没有执行；没有任何变化。',
    `请使用拥有 ${scopes} 的密钥，或请所有者在窗口中操作。`,
  ],
  'list.badCursor': ['列表中的这个位置无法识别。', '没有读取任何内容。', '请从第一页重新开始。'],
  'link.endedBeforeAnswer': ['连接在收到答复之前断开了。', '操作可能已经执行。', '请重新连接并查看。'],

  'session.mayNotAct': [
    '在此会话中，智能体不经询问就会行动，因此向它下达指示需要 approvals:write 权限。',
    '没有发送或更改任何内容。',
    askMode,
  ],
  'session.none': ['没有这个会话。', unchanged, '请查看会话列表。'],
  'session.needsPlace': [
    '新会话需要文件夹（cwd）和智能体（provider）。',
    '没有发送任何内容，也没有打开会话。',
    '请同时指定两者，或指定接收消息的会话（session_id）。',
  ],
  'session.movedAway': [
    '此会话已移到你的凭据无法访问的文件夹。',
    '不再跟踪此会话。你已看到的内容仍然保留。',
    '请向所有者申请访问新文件夹。',
  ],
  'session.unreadable': [
    '无法从磁盘读取此会话的记录。',
    '显示的内容可能到此为止。磁盘上没有任何更改。',
    '请关闭 Quarterdeck 再重新启动：它会检查整个数据库，如有损坏则打开最新的备份。',
  ],
  'follow.none': ['没有这个会话。', '没有跟踪任何内容。', '请查看会话列表。'],
  'follow.tooMany': ({ most }) => [`一个连接最多可跟踪 ${most} 个会话。`, '没有跟踪此会话。', '请先关闭另一个会话。'],
  'message.archived': [archived, notSent, '请先恢复会话，然后重新发送。'],
  'message.attachmentGone': ({ name }) => [
    `此消息的文件“${name}”不在这里。`,
    notSent,
    '请重新附上文件，然后再次发送消息。',
  ],
  'message.attachmentUnreadable': [
    '无法读取此消息附带的文件。',
    '你的消息以及到此为止的内容都已保留，但没有得到答复。',
    '请重新附上文件并再次发送消息。',
  ],
  'message.fileGone': ({ name }) => [
    `此消息的文件“${name}”已不在 Quarterdeck 文件夹中。`,
    '你的消息已保留，但没有运行任何内容。',
    '请重新附上文件并再次发送消息。',
  ],
  'message.queueFull': ({ most }) => [
    `此会话中已有 ${most} 条消息在等待。`,
    notSent,
    '请等待正在运行的轮次，或移除一条等待的消息，然后重新发送。',
  ],
  'message.tooLarge': ({ bytes }) => [
    `消息大于 ${bytes} 字节。`,
    '没有发送；其他内容不受影响。',
    '请缩短消息，或把文字放进文件夹中的文件并给出文件名。',
  ],
  'queue.gone': ['此消息已不在等待。', '它之前已发送或移除。', '对话中会显示已发送的内容。'],
  'turn.none': ['此会话中没有任何内容在运行。', unchanged, '发送消息即可开始一个轮次。'],
  'turn.other': ['你想停止的轮次已结束；现在运行的是另一个轮次。', '另一个轮次没有停止。', '如果需要，请停止它。'],
  'turn.ended': ['此轮次已结束。', unchanged, '收到的内容已保留；请发送“继续”之类的消息。'],
  'turn.interrupted': ({ how }) => [
    how === 'killed' ? '此轮次运行时应用终止了。' : '此轮次运行时应用被关闭了。',
    '在此之前收到的内容保留在上方。没有重新运行任何内容。',
    '发送消息即可继续；智能体仍记得这段对话。',
  ],
  'turn.stoppedByStorage': ({ full }) => [
    full ? 'Quarterdeck 文件夹所在的磁盘已满，因此停止了此轮次。' : '无法写入数据库，因此停止了此轮次。',
    workStands,
    '请发送“继续”之类的消息；智能体仍记得这段对话。',
  ],
  'turn.timeLimit': ({ limit: which, minutes }) => [
    which === 'idle'
      ? `智能体 ${minutes} 分钟没有动静，因此停止了此轮次。`
      : `此轮次超过了 ${minutes} 分钟，因此被停止。`,
    workStands,
    '请发送“继续”之类的消息，或在设置中更改时间限制。',
  ],
  'conversation.lost': [
    '智能体已不记得之前的对话。',
    '此轮次没有重新运行，因为其中一部分可能已经执行。',
    '请查看已完成的操作，然后重新发送消息：会开始一段新的对话，并告知之前发生的事。',
  ],
  'move.whileRunning': ['轮次运行时无法移动会话。', unchanged, stopFirst],
  'move.archived': [archived, unchanged, '请先恢复会话，然后再移动。'],
  'rewind.whileRunning': ['轮次运行时无法撤回对话。', unchanged, stopFirst],
  'rewind.noMessage': ['此处没有你的消息，或者它之前已被撤回。', unchanged, '请在对话中选择你的一条消息。'],
  'takeOver.whileRunning': ['轮次运行时无法接管对话。', unchanged, stopFirst],
  'takeOver.noConversation': ['此会话背后没有 CLI 的对话。', unchanged, '发送消息后，智能体会开始新的对话。'],
  'takeOver.cannotBranch': [
    '此智能体无法为对话建立分支。',
    unchanged,
    '请结束另一个程序并在这里继续，或为此会话建立分支。',
  ],
  'fork.nothing': ['此处之前没有可供新会话开始的内容。', noSession, '请选择更靠后的消息，或打开新会话。'],
  'fork.turnRuns': ['有轮次正在运行，因此新会话无法从它开始。', noSession, '请等它结束或停止它，或选择更早的消息。'],
  'fork.tooFree': ({ name }) => [`${name} 没有与你所选模式同样谨慎的模式。`, noSession, '请选择其他模式。'],
  'agents.changeWhileRunning': ['轮次运行时无法更换智能体。', unchanged, stopFirst],
  'agents.noCarefulMode': ({ name, mode }) => [
    `${name} 没有与“${modes[mode] ?? mode}”同样谨慎的模式。`,
    unchanged,
    '请先为此会话选择其他模式，再更换智能体。',
  ],
  'agents.unknown': ({ id }) => [`没有名为“${id}”的智能体。`, unchanged, '请从智能体列表中选择。'],
  'agents.unknownForNew': ({ id, known }) => [`没有名为“${id}”的智能体。`, noSession, `请从以下选择：${known}。`],
  'agents.goneFromSession': ({ id }) => [
    `此会话的智能体“${id}”已不存在。`,
    '你的消息已保留，但没有运行任何内容。',
    '请以相同名称重新添加它（设置中的智能体），或为此会话选择其他智能体，然后再次发送消息。',
  ],
  'mentions.noPlace': ['没有指定会话或文件夹。', '没有进行查找。', '请指定会话，或要打开会话的文件夹。'],

  'approval.wrongOption': ['智能体没有提供这个答复，或它的含义不同。', '请求仍在等待答复。', '请从显示的答复中选择。'],
  'approval.onceOnly': ['此请求只能允许一次。', '它仍在等待答复。', '请选择“允许一次”或“拒绝”。'],
  'approval.none': ['此会话中没有这个请求。', unchanged, '请重新打开会话，查看等待的内容。'],
  'approval.unknown': ['没有这个请求。', '没有做出答复。', '请查看请求列表。'],
  'approval.takenBack': ['此请求之前已被撤回。', '你的答复没有使用。', '智能体再次询问时，请答复那个请求。'],
  'approval.answered': ({ kind, name, via, decision }) => [
    `此请求之前已由${who(kind, name)}${kind === 'rule' || kind === 'mode' ? '' : `${places[via] ?? via}`}答复：${decisions[decision] ?? decision}。`,
    '以第一个答复为准；你的答复没有使用。',
    '对话中会显示该答复。',
  ],
  'approval.awaited': ['智能体正在等待这个答复。', '它仍在等待。', '请改为拒绝该请求。'],
  'rule.alreadyOver': ['规则会在开始之前就结束。', unchanged, '请选择将来的时间，或不设期限。'],
  'rule.another': ['之前使用同一密钥的请求创建了另一条规则。', '没有创建或更改规则。', '请为新规则使用新密钥。'],
  'rule.none': ['没有这条规则，或它已不存在。', unchanged, lookAgain],
  'rule.noneInSession': ['此会话没有这条规则，或它之前已被撤回。', unchanged, '文件夹的长期规则在设置中。'],
  'rule.tooMany': ({ most }) => [`此会话已有 ${most} 条规则。`, unchanged, '请撤回一条不再需要的规则。'],
  'rule.noPattern': ['规则没有说明适用范围。', unchanged, '请指定命令、命令开头或文件夹。'],
  'rule.notFullPath': ({ pattern }) => [`“${pattern}”不是完整路径。`, unchanged, '请写出完整路径。'],
  'rule.everyProgram': ({ tool }) => [`此规则会让 ${tool} 不经询问就运行任何程序。`, unchanged, unlimited],
  'rule.everyFile': ['此规则会涵盖这台计算机上的所有文件。', unchanged, unlimited],

  'goal.now': ({ status, objective }) => [
    `目标（${goalStates[status] ?? status}）：${objective}`,
    unchanged,
    '请输入 /goal 目标，或 /goal pause、/goal resume、/goal clear。',
  ],
  'goal.none': [noGoal, unchanged, '设定一个：/goal 目标'],
  'goal.noAttachments': ['目标不能带附件。', noGoalSet, '请先用单独的消息发送文件。'],
  'goal.objectiveLong': ({ length, most }) => [
    `目标有 ${length} 个字符；最多 ${most} 个。`,
    noGoalSet,
    '请把细节写进文件，并在目标中给出文件名。',
  ],
  'goal.archived': [archived, noGoalSet, '请先恢复会话，然后设定目标。'],
  'goal.impossible': [cannotGoal, noGoalSet, otherAgent],
  'goal.exists': ['此会话已有目标。', noGoalSet, '请先清除它（/goal clear），再设定新的目标。'],
  'goal.ended': ['目标已结束。', unchanged, '请恢复它，或清除后设定新的目标。'],
  'goal.over': ['目标已结束。', notResumed, '设定新的目标：/goal 目标'],
  'goal.archivedNotResumed': [archived, notResumed, '请先恢复会话，然后恢复目标。'],
  'goal.impossibleNotResumed': [cannotGoal, notResumed, otherAgent],
  'goal.limitReached': (reached) => [limit(reached), notResumed, '请提高上限，然后恢复目标。'],
  'goal.mayNotWiden': ({ kept: what }) => [
    '让目标超出其自身或设置的限制，需要 approvals:write 权限。',
    kept[what],
    '请保持或缩小限制，或使用拥有 approvals:write 的密钥。',
  ],
  'goal.mayNotAct': [
    '在此会话中，智能体不经询问就会行动，因此启动目标需要 approvals:write 权限。',
    notResumed,
    askMode,
  ],
  'goal.limit': (reached) => [limit(reached)],
  'goal.endedWithApp': ['执行目标时 Quarterdeck 终止了。在此之前的内容都已保留；恢复目标即可继续。'],
  'goal.reached': ['智能体表示目标已达成。'],
  'goal.stuck': ['智能体无法继续。'],
  'goal.turnFailed': ['上一个轮次失败了。'],
  'goal.turnStopped': ['轮次已停止。'],
  'goal.idle': ({ turns }) => [`没有进展：连续 ${turns} 个轮次，智能体没有任何操作，也没有报告。`],
  'goal.sessionArchived': ['会话已归档。'],
  'goal.agentCannot': [cannotGoal],
  'goal.doneBy': ({ what, kind, name }) => [
    `已由${who(kind, name)}${{ Cleared: '清除', Paused: '暂停', Stopped: '停止' }[what] ?? what}。`,
  ],
};
