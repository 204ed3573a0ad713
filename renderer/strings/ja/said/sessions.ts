import type { SessionSentences } from '../../../../main/protocol/sentences/sessions.ts';
import type { SaidOf } from '../../said.ts';

const unchanged = '何も変更されていません。';
const notSent = 'メッセージは送信されませんでした。';
const noSession = 'セッションは開かれませんでした。';
const notResumed = '目標は再開されませんでした。';
const noGoalSet = '目標は設定されませんでした。';
const kept = { set: noGoalSet, limits: '上限は変更されませんでした。', resume: notResumed };
const stopFirst = '実行中のターンを停止するか終わるのを待ってから、もう一度お試しください。';
const lookAgain = '一覧をもう一度ご確認ください。';
const otherAgent = 'このセッションに別のエージェントを選んでください。';
const archived = 'このセッションはアーカイブされています。';
const noGoal = 'このセッションには目標がありません。';
const cannotGoal = 'このエージェントは目標に取り組めません。';
const workStands = 'それまでに届いた内容は上に残っています。エージェントがすでに行ったファイルの変更もそのままです。';
const aheadOrNone = 'これから先の時刻を選ぶか、期限なしにしてください。';
const unlimited =
  'コマンド、その先頭部分、またはフォルダーを指定してください。あるいは「unlimited」を指定します（admin の権限が必要です）。';
const askMode =
  'approvals:write を持つキーを使うか、セッションを「確認する」に切り替えるよう所有者に依頼してください。';
const modes: Record<string, string> = {
  full: 'フルアクセス',
  'accept-edits': '編集を許可',
  ask: '確認する',
  plan: '計画',
};
const goalStates: Record<string, string> = {
  active: '進行中',
  paused: '一時停止中',
  complete: '達成済み',
  blocked: '行き詰まり',
  cancelled: '取り消し済み',
  out_of_budget: '上限に到達',
};
const decisions: Record<string, string> = {
  allow_once: '今回のみ許可',
  allow_session: 'セッション中は許可',
  allow_always: '常に許可',
  deny: '拒否',
};
const places: Record<string, string> = {
  window: 'ウィンドウ',
  browser: 'ブラウザー',
  websocket: 'WebSocket',
  http: 'HTTP',
  cli: 'コマンドライン',
  app: '自動',
  sealed: 'ペアリング済みのデバイス',
  ductor: 'ductor 接続',
  unix: 'ローカルソケット',
};
const who = (kind: string, name: string): string =>
  name ? `「${name}」` : kind === 'owner' ? '所有者' : kind === 'rule' ? 'ルール' : `クライアント（${kind}）`;
const limit = ({ kind, most, spent }: SessionSentences['goal.limit']): string =>
  kind === 'turns'
    ? `上限の ${most} ターンをすべて使いました。`
    : kind === 'minutes'
      ? `時間の上限（${most} 分）に達しました。`
      : `費用の上限（$${most}）に達しました（使用額 $${spent}）。`;

export const sessions: SaidOf<SessionSentences> = {
  internal: [
    'Quarterdeck の内部で問題が発生しました。',
    'この操作は実行されませんでした。それまでに保存された内容はすべて無事です。',
    'もう一度お試しください。また起きるようなら、ログファイルを添えてご報告ください（場所は設定に表示されます）。',
  ],
  'app.closing': ['アプリを終了しています。', unchanged, 'もう一度起動してから、やり直してください。'],
  'app.cannotRestart': [
    'アプリはここでは自分で再起動できません。',
    'このまま動き続けます。何も停止していません。',
    '手動で起動し直すか、監視プログラムの下で動かしてください（systemd、その他は QUARTERDECK_SUPERVISED=1）。',
  ],
  'command.reusedId': [
    'この command_id は、すでに別のコマンドで使われています。',
    unchanged,
    '新しいコマンドごとに新しい command_id を使ってください。',
  ],
  'frame.tooLarge': ({ bytes }) => [
    `フレームが ${bytes} バイトを超えています。`,
    '読み込まれませんでした。',
    '一度に送る量を減らしてください。',
  ],
  'frame.notJson': [
    'フレームが JSON ではありません。',
    '実行されませんでした。',
    'フレームごとに JSON オブジェクトを 1 つ送ってください。',
  ],
  'frame.invalid': ({ why }) => [
    `フレームを理解できませんでした：「${why}」`,
    '実行されませんでした。',
    'アプリが更新された場合はページを再読み込みしてください。フレームの一覧は docs/protocol.md にあります。',
  ],
  'frame.noPart': ({ type }) => [
    `このアプリには「${type}」に答える部分がありません。`,
    '何も読み込まれず、変更もされていません。',
    'ウィンドウ付き、またはサーバーとして動いているアプリに尋ねてください。',
  ],
  'reach.wholeMachine': ({ type }) => [
    `「${type}」はこのコンピューター全体に関わりますが、このアクセスは一部のフォルダーまたはセッションに限られています。`,
    '実行されませんでした。何も変わっていません。',
    '制限のないキーを使うか、所有者にウィンドウで行うよう依頼してください。',
  ],
  'reach.noFolder': [
    'このアクセスが届く範囲に、そのフォルダーはありません。',
    '何も開かれず、作成も変更もされていません。',
    '範囲内のフォルダーを選ぶか、所有者にウィンドウで行うよう依頼してください。',
  ],
  'scope.missing': ({ what, scopes, count }) => [
    `${what} には${count === 1 ? '' : '次の'}権限 ${scopes} が必要ですが、このアクセスにはありません。`,
    '実行されませんでした。何も変わっていません。',
    `${scopes} を持つキーを使うか、所有者にウィンドウで行うよう依頼してください。`,
  ],
  'list.badCursor': [
    '一覧のこの位置は不明です。',
    '何も読み込まれていません。',
    '最初のページからやり直してください。',
  ],
  'link.endedBeforeAnswer': [
    '応答が届く前に接続が切れました。',
    '実行された可能性があります。',
    '接続し直してご確認ください。',
  ],

  'session.mayNotAct': [
    'このセッションではエージェントが確認なしに行動するため、指示するには approvals:write の権限が必要です。',
    '何も送信・変更されていません。',
    askMode,
  ],
  'session.none': ['そのセッションはありません。', unchanged, 'セッションの一覧をご確認ください。'],
  'session.needsPlace': [
    '新しいセッションにはフォルダー（cwd）とエージェント（provider）が必要です。',
    '何も送信されず、セッションも開かれていません。',
    '両方を指定するか、メッセージの宛先のセッション（session_id）を指定してください。',
  ],
  'session.movedAway': [
    'このセッションは、あなたのアクセスが届かないフォルダーに移動しました。',
    'これ以降は表示が更新されません。すでに見た内容はそのまま残ります。',
    '新しいフォルダーへのアクセスを所有者に依頼してください。',
  ],
  'session.unreadable': [
    'このセッションの記録をディスクから読み込めませんでした。',
    '表示がここで途切れている可能性があります。ディスク上では何も変更されていません。',
    'Quarterdeck を終了して起動し直してください。データベース全体を検査し、壊れている場合は最新のバックアップを開きます。',
  ],
  'follow.none': ['そのセッションはありません。', '何も表示されません。', 'セッションの一覧をご確認ください。'],
  'follow.tooMany': ({ most }) => [
    `1 つの接続で開けるセッションは ${most} 個までです。`,
    'このセッションは表示されません。',
    '先に別のセッションを閉じてください。',
  ],
  'message.archived': [archived, notSent, 'セッションを元に戻してから、もう一度送信してください。'],
  'message.attachmentGone': ({ name }) => [
    `このメッセージのファイル「${name}」がここにありません。`,
    notSent,
    'ファイルを添付し直して、もう一度送信してください。',
  ],
  'message.attachmentUnreadable': [
    'このメッセージに添付されたファイルを読み込めませんでした。',
    'メッセージとここまでの内容は保存されていますが、応答はありません。',
    'もう一度添付して、メッセージを送信し直してください。',
  ],
  'message.fileGone': ({ name }) => [
    `このメッセージのファイル「${name}」は、もう Quarterdeck のフォルダーにありません。`,
    'メッセージは保存されていますが、何も実行されていません。',
    'ファイルを添付し直して、もう一度送信してください。',
  ],
  'message.queueFull': ({ most }) => [
    `このセッションではすでに ${most} 件のメッセージが待機しています。`,
    notSent,
    '実行中のターンを待つか、待機中のメッセージを取り除いてから、もう一度送信してください。',
  ],
  'message.tooLarge': ({ bytes }) => [
    `メッセージが ${bytes} バイトを超えています。`,
    '送信されませんでした。ほかには影響ありません。',
    '短くするか、文章をフォルダー内のファイルに入れて、そのファイル名を伝えてください。',
  ],
  'queue.gone': [
    'このメッセージはもう待機していません。',
    'すでに送信されたか、取り除かれています。',
    '送信された内容は会話で確認できます。',
  ],
  'turn.none': ['このセッションでは何も実行されていません。', unchanged, 'メッセージを送信するとターンが始まります。'],
  'turn.other': [
    '停止しようとしたターンは終わり、今は別のターンが実行中です。',
    '別のターンは停止していません。',
    '必要なら、そのターンを停止してください。',
  ],
  'turn.ended': [
    'このターンは終了しました。',
    unchanged,
    '届いた内容は残っています。「続けて」などのメッセージを送ってください。',
  ],
  'turn.interrupted': ({ how }) => [
    how === 'killed' ? 'このターンの実行中にアプリが終了しました。' : 'このターンの実行中にアプリが閉じられました。',
    'それまでに届いた内容は上に残っています。再実行はされていません。',
    '続けるにはメッセージを送ってください。エージェントは会話を覚えています。',
  ],
  'turn.stoppedByStorage': ({ full }) => [
    full
      ? 'Quarterdeck のフォルダーがあるディスクがいっぱいになったため、このターンを停止しました。'
      : 'データベースに書き込めなかったため、このターンを停止しました。',
    workStands,
    '「続けて」などのメッセージを送ってください。エージェントは会話を覚えています。',
  ],
  'turn.timeLimit': ({ limit: which, minutes }) => [
    which === 'idle'
      ? `エージェントから ${minutes} 分間反応がなかったため、このターンを停止しました。`
      : `このターンは ${minutes} 分を超えたため、停止しました。`,
    workStands,
    '「続けて」などのメッセージを送るか、設定で時間の上限を変更してください。',
  ],
  'conversation.lost': [
    'エージェントは以前の会話を覚えていません。',
    '一部がすでに実行された可能性があるため、このターンは再実行されませんでした。',
    '何が行われたかを確認してから、メッセージを送り直してください。新しい会話が始まり、これまでの経緯が伝えられます。',
  ],
  'move.whileRunning': ['ターンの実行中はセッションを移動できません。', unchanged, stopFirst],
  'move.archived': [archived, unchanged, 'セッションを元に戻してから移動してください。'],
  'rewind.whileRunning': ['ターンの実行中は会話を巻き戻せません。', unchanged, stopFirst],
  'rewind.noMessage': [
    'この位置にあなたのメッセージはないか、すでに取り消されています。',
    unchanged,
    '会話の中の自分のメッセージを選んでください。',
  ],
  'takeOver.whileRunning': ['ターンの実行中は会話を引き継げません。', unchanged, stopFirst],
  'takeOver.noConversation': [
    'このセッションには CLI の会話がありません。',
    unchanged,
    'メッセージを送ると、エージェントが新しい会話を始めます。',
  ],
  'takeOver.cannotBranch': [
    'このエージェントは会話を分岐できません。',
    unchanged,
    'もう一方のプログラムを終了してここで続けるか、このセッションを分岐してください。',
  ],
  'fork.nothing': [
    'この位置より前に、新しいセッションの出発点になる内容がありません。',
    noSession,
    'もっと後のメッセージを選ぶか、新しいセッションを開いてください。',
  ],
  'fork.turnRuns': [
    'ターンが実行中のため、そこから新しいセッションを始められません。',
    noSession,
    '終わるのを待つか停止するか、もっと前のメッセージを選んでください。',
  ],
  'fork.tooFree': ({ name }) => [
    `${name} には、選んだモードと同じくらい慎重なモードがありません。`,
    noSession,
    '別のモードを選んでください。',
  ],
  'agents.changeWhileRunning': ['ターンの実行中はエージェントを変更できません。', unchanged, stopFirst],
  'agents.noCarefulMode': ({ name, mode }) => [
    `${name} には「${modes[mode] ?? mode}」と同じくらい慎重なモードがありません。`,
    unchanged,
    '先にこのセッションで別のモードを選んでから、エージェントを変更してください。',
  ],
  'agents.unknown': ({ id }) => [
    `「${id}」というエージェントはありません。`,
    unchanged,
    'エージェントの一覧から選んでください。',
  ],
  'agents.unknownForNew': ({ id, known }) => [
    `「${id}」というエージェントはありません。`,
    noSession,
    `次の中から選んでください：${known}。`,
  ],
  'agents.goneFromSession': ({ id }) => [
    `このセッションのエージェント「${id}」はもうありません。`,
    'メッセージは保存されていますが、何も実行されていません。',
    '同じ名前でもう一度追加するか（設定のエージェント）、このセッションに別のエージェントを選んで、メッセージを送り直してください。',
  ],
  'mentions.noPlace': [
    'セッションもフォルダーも指定されていません。',
    '何も検索されていません。',
    'セッション、または開くフォルダーを指定してください。',
  ],

  'approval.wrongOption': [
    'エージェントはこの回答を用意していないか、別の意味です。',
    'リクエストはまだ回答を待っています。',
    '表示されている回答から選んでください。',
  ],
  'approval.onceOnly': [
    'このリクエストは一度だけ許可できます。',
    'まだ回答を待っています。',
    '「今回のみ許可」または「拒否」を選んでください。',
  ],
  'approval.none': [
    'このセッションにそのリクエストはありません。',
    unchanged,
    'セッションを開き直して、待機中のものをご確認ください。',
  ],
  'approval.unknown': [
    'そのリクエストはありません。',
    '何も回答されていません。',
    'リクエストの一覧をご確認ください。',
  ],
  'approval.takenBack': [
    'このリクエストはすでに取り下げられています。',
    'あなたの回答は使われませんでした。',
    'エージェントがもう一度尋ねたら、そのリクエストに回答してください。',
  ],
  'approval.answered': ({ kind, name, via, decision }) => [
    `このリクエストはすでに回答されています（${who(kind, name)}${kind === 'rule' || kind === 'mode' ? '' : `、${places[via] ?? via}`}）：${decisions[decision] ?? decision}。`,
    '最初の回答が有効です。あなたの回答は使われませんでした。',
    '回答は会話で確認できます。',
  ],
  'approval.awaited': [
    'エージェントはこの回答を待っています。',
    'まだ待機中です。',
    '代わりにリクエストを拒否してください。',
  ],
  'rule.alreadyOver': ['このルールは始まる前に終わってしまいます。', unchanged, aheadOrNone],
  'rule.another': [
    '同じキーを持つ以前のリクエストが、別のルールを作成しています。',
    'ルールは作成も変更もされていません。',
    '新しいルールには新しいキーを使ってください。',
  ],
  'rule.none': ['そのルールはないか、すでになくなっています。', unchanged, lookAgain],
  'rule.noneInSession': [
    'このセッションにそのルールはないか、すでに取り消されています。',
    unchanged,
    'フォルダーの永続的なルールは設定にあります。',
  ],
  'rule.tooMany': ({ most }) => [
    `このセッションにはすでに ${most} 個のルールがあります。`,
    unchanged,
    '不要になったものを取り消してください。',
  ],
  'rule.noPattern': [
    'ルールの対象が指定されていません。',
    unchanged,
    'コマンド、その先頭部分、またはフォルダーを指定してください。',
  ],
  'rule.notFullPath': ({ pattern }) => [
    `「${pattern}」は完全なパスではありません。`,
    unchanged,
    'パス全体を入力してください。',
  ],
  'rule.everyProgram': ({ tool }) => [
    `このルールでは、${tool} があらゆるプログラムを確認なしに実行できてしまいます。`,
    unchanged,
    unlimited,
  ],
  'rule.everyFile': ['このルールは、このコンピューターのすべてのファイルに及びます。', unchanged, unlimited],

  'goal.now': ({ status, objective }) => [
    `目標（${goalStates[status] ?? status}）：${objective}`,
    unchanged,
    '/goal 目標、または /goal pause、/goal resume、/goal clear と入力してください。',
  ],
  'goal.none': [noGoal, unchanged, '設定するには：/goal 目標'],
  'goal.noAttachments': [
    '目標に添付ファイルは付けられません。',
    noGoalSet,
    '先にファイルだけをメッセージで送ってください。',
  ],
  'goal.objectiveLong': ({ length, most }) => [
    `目標が ${length} 文字あります。${most} 文字までです。`,
    noGoalSet,
    '詳細はファイルに書き、目標ではそのファイル名を伝えてください。',
  ],
  'goal.archived': [archived, noGoalSet, 'セッションを元に戻してから、目標を設定してください。'],
  'goal.impossible': [cannotGoal, noGoalSet, otherAgent],
  'goal.exists': [
    'このセッションにはすでに目標があります。',
    noGoalSet,
    '先に消去してから（/goal clear）、新しい目標を設定してください。',
  ],
  'goal.ended': ['目標は終了しています。', unchanged, '再開するか、消去して新しい目標を設定してください。'],
  'goal.over': ['目標は終了しています。', notResumed, '新しく設定してください：/goal 目標'],
  'goal.archivedNotResumed': [archived, notResumed, 'セッションを元に戻してから、目標を再開してください。'],
  'goal.impossibleNotResumed': [cannotGoal, notResumed, otherAgent],
  'goal.limitReached': (reached) => [limit(reached), notResumed, '上限を上げてから再開してください。'],
  'goal.mayNotWiden': ({ kept: what }) => [
    '目標自身や設定の上限を超えて目標を進めるには、approvals:write の権限が必要です。',
    kept[what],
    '上限をそのままにするか小さくする、または approvals:write を持つキーを使ってください。',
  ],
  'goal.mayNotAct': [
    'このセッションではエージェントが確認なしに行動するため、目標を進めるには approvals:write の権限が必要です。',
    notResumed,
    askMode,
  ],
  'goal.limit': (reached) => [limit(reached)],
  'goal.endedWithApp': [
    '目標に取り組んでいる間に Quarterdeck が終了しました。それまでの内容は残っています。続けるには目標を再開してください。',
  ],
  'goal.reached': ['エージェントは達成したと報告しています。'],
  'goal.stuck': ['エージェントは先に進めません。'],
  'goal.turnFailed': ['最後のターンが失敗しました。'],
  'goal.turnStopped': ['ターンが停止されました。'],
  'goal.idle': ({ turns }) => [
    `進展がありません。${turns} ターン続けて、エージェントは何も行わず、何も報告しませんでした。`,
  ],
  'goal.sessionArchived': ['セッションがアーカイブされました。'],
  'goal.agentCannot': [cannotGoal],
  'goal.doneBy': ({ what, kind, name }) => [
    `${who(kind, name)}が${{ Cleared: '消去', Paused: '一時停止', Stopped: '停止' }[what] ?? what}しました。`,
  ],
};
