import type { NoticeSentences } from '../../../../main/protocol/sentences/notices.ts';
import type { SaidOf } from '../../said.ts';

const modes: Record<string, string> = {
  full: 'フルアクセス',
  'accept-edits': '編集を許可',
  ask: '確認する',
  plan: '計画',
  default: '確認する',
};
const mode = (one: string): string => `「${modes[one] ?? one}」`;
const causes: Record<string, string> = {
  rate_limit: 'がリクエスト数を制限しています',
  overloaded: 'が過負荷になっています',
  server_error: 'で内部エラーが起きました',
};
const hooks: Record<string, string> = {
  failed: 'が失敗しました',
  blocked: 'が処理を阻止しました',
  stopped: 'がエージェントを停止しました',
};
const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString('ja', { dateStyle: 'medium', timeStyle: 'short' });

export const notices: SaidOf<NoticeSentences> = {
  'notice.silent': ({ name, seconds }) => [
    `${name} から ${seconds} 秒間応答がありません。モデルの提供元を待っている可能性があります。このまま待つか、ターンを停止できます。`,
  ],
  'notice.silentRetrying': ({ name, seconds }) => [
    `${name} から ${seconds} 秒間応答がありません。提供元に制限されたり接続できなかったりすると、何も言わずに再試行します。このまま待つか、ターンを停止できます。`,
  ],
  'notice.backgroundEnded': [
    'バックグラウンドで動いていたものが終わりました。エージェントには次のメッセージと一緒に伝わります。',
  ],
  'notice.commandEnded': ({ code }) => [
    `バックグラウンドで動いていたコマンドが終わりました${code === '' ? '' : `（終了コード ${code}）`}。エージェントは次のメッセージのときに確認できます。`,
  ],
  'notice.modelRefused': ({ model, why }) => [
    `モデルはそのままです。「${model}」は受け付けられませんでした（「${why}」）。`,
  ],
  'notice.modeRefused': ({ mode: wanted, why }) => [
    `権限モードはそのままです。${mode(wanted)}は受け付けられませんでした（「${why}」）。`,
  ],
  'notice.effortRefused': ({ effort, why }) => [
    `推論の深さはそのままです。「${effort}」は受け付けられませんでした（「${why}」）。`,
  ],
  'notice.ownToolServer': ({ name, why }) => [
    `このアプリのツールサーバー「${name}」に接続できませんでした（「${why}」）。エージェントはそのツールなしで動作します。`,
  ],
  'notice.toolServer': ({ name, why }) => [
    `${name ? `ツールサーバー ${name}` : 'このセッションのツールサーバー'} を起動できませんでした。そのツールは使えません${why ? `（「${why}」）` : ''}。`,
  ],
  'notice.conversationLost': ({ name }) => [
    `${name} にこの会話はもうありません。エージェントは上の内容を覚えていません。何も実行されていません。`,
  ],
  'notice.conversationGone': ({ name }) => [`${name} にこの会話はもうありません。`],
  'notice.noResume': ({ name }) => [`${name} は以前の会話を再開できません。`],
  'notice.conversationCleared': ['会話が消去されました。エージェントは上の内容を覚えていません。'],
  'notice.rateLimitNear': ({ at }) => [
    `プランの利用上限に近づいています。${at ? `${moment(at)} にリセットされます。` : ''}`,
  ],
  'notice.compactionFailed': ({ why }) => [`Claude Code は会話を要約できませんでした${why ? `（「${why}」）` : ''}。`],
  'notice.compacting': ['Claude Code が空きを作るために会話を要約しています。'],
  'notice.cliDiskFull': ({ code }) => [
    `Claude Code は自身の会話の控えを保存できませんでした（${code || 'ディスクがいっぱいです'}）。再起動後、エージェントはすべてを覚えていない可能性があります。ディスクに空きを作ってください。ここに表示されている内容は保存されています。`,
  ],
  'notice.apiRetry': ({ cause, status, seconds, attempt, most }) => [
    `モデルの提供元${causes[cause] ?? (status ? 'がエラーを返しました' : 'に接続できませんでした')}${status ? `（${status}）` : ''}。${seconds} 秒後に再試行します（${most ? `${most} 回中 ` : ''}${attempt} 回目）。`,
  ],
  'notice.retrying': ({ name, words }) => [`${name} が再試行しています（「${words}」）。`],
  'notice.unaskedTurn': ({ name }) => [`${name} が指示なしに作業を始めたため、停止しました。`],
  'notice.requestRefused': ({ name, what }) => [
    `${name} が、このアプリではまだ対応できないことを求めたため（${what}）、断りました。`,
  ],
  'notice.hook': ({ name, status, words }) => [
    `フック（${name}）${hooks[status] ?? status}${words ? `：「${words}」` : '。'}`,
  ],
  'notice.attachmentsUnused': ({ command }) => [
    `/${command} に添付ファイルは使えないため、省かれました。メッセージで送ってください。`,
  ],
  'notice.ownGoal': [
    'この会話には Codex 自身の目標があります。ターンはすべてこのアプリが始めるため、一時停止しました。取り組ませるには、ここで目標を設定してください。',
  ],
  'notice.modelRerouted': ({ model }) => [`Codex は選ばれたものとは別のモデルで応答しています：${model}`],
  'notice.emptyWarning': ({ name }) => [`${name} が、内容を示さずに警告しています。`],
  'notice.unknownMessage': ({ name, kind }) => [
    `${name} が、このバージョンのアプリの知らない内容を送りました（${kind}）。省かれました。`,
  ],
  'notice.nested': ({ name, depth }) => [
    `${name} が ${depth} 段を超えて入れ子になった行を出力しました。それより深い部分は省かれました。`,
  ],
  'notice.garbage': ({ name }) => [`${name} が、プロトコルに含まれない行を出力しました。省かれました。`],
  'notice.refusalWords': ({ name }) => [
    `${name} には拒否が伝わりましたが、あなたの言葉は伝わっていません。プロトコルにその場所がないためです。メッセージで送ってください。`,
  ],
  'notice.modeKept': ({ mode: now, wider }) => [
    `エージェントはモード${mode(wider)}で続けようとしましたが、誰も許可していません。${mode(now)}のままです。`,
  ],
  'notice.modeNarrowed': ({ name, from, to }) => [
    `${name} にはモード${mode(from)}がないため、このセッションは${mode(to)}になりました。`,
  ],
  'notice.steerFailed': ['メッセージを実行中のターンに加えられませんでした。次のターンまで待機します。'],
  'notice.eventDamaged': ({ seq, session }) => [
    `このセッションの ${seq} 番目の記録がディスク上で壊れており、表示できません。前後の内容は無事です。「quarterdeck verify ${session}」で詳しく分かります。Quarterdeck フォルダーのバックアップに残っている可能性があります。`,
  ],
  'notice.otherWriter': ({ name }) => [
    `別のプログラム（おそらくターミナルの ${name}）が、このセッションの元の会話を続けました。そこでの内容はここに表示されません。両方が続けると、互いに相手が何をしたか分かりません。`,
  ],
  'notice.takenOver': ({ name, how }) => [
    how === 'branch'
      ? `次のメッセージから、${name} は独自の分岐で続けます。元の会話は別のプログラムに残ります。`
      : `次のメッセージから、${name} は今の会話の内容を引き継いで続けます。`,
  ],
};
