import type { sessionStrings as english } from '../en/session.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('ja');

type Part = 'digest' | 'limit' | 'meter' | 'rules' | 'approvalOptions' | 'subAgent' | 'pane' | 'sessionSettings';

/** エージェントに伝える内容、時間の上限、使用量、セッションの設定についての文。 */
export const moreSessionStrings: Translation<Pick<typeof english, Part>> = {
  digest: {
    title: (name, turns) =>
      turns === 0
        ? `${name} はこの会話のすべては見ていません。次の内容が伝えられます。`
        : `${name} は ${number(turns)} ターンを見ていません。次の内容が伝えられます。`,
    afresh: (name) => `${name} は戻った後に新しく始めます。次の内容が伝えられます。`,
    region: 'エージェントが見ていないことについて伝える内容',
    textLabel: 'エージェントへの文章',
    save: '保存',
    unsaved: '変更されています。保存するか次のメッセージを送ると有効になります。',
    skip: '伝えない',
    reset: '元に戻す',
    skipped: (name) => `${name} には見ていないことを伝えません。`,
    tellAfterAll: 'やはり伝える',
    told: (name, chars) => `${name} に見ていないことを伝えました（${number(chars)} 文字）`,
    tooLong: (max) => `最大 ${number(max)} 文字です。`,
  },
  limit: {
    idle: (time) => `エージェントの反応がありません。このままなら、このターンは ${time} に終了します。`,
    total: (time) => `1 ターンの時間がまもなく終わります。${time} に終了します。`,
    left: '残り',
    keepGoing: '続けさせる',
    change: '時間の上限…',
    extended: (time) => `少なくとも ${time} まで続けます`,
    extendedForGood: 'この時間の上限なしで続けます',
  },
  meter: {
    title: 'コンテキストとプラン',
    open: (context, plan) => [context, plan].filter(Boolean).join('、'),
    context: 'モデルのコンテキスト',
    contextUsed: (used, all) => `${all} トークン中 ${used}`,
    compacted: (time, how) => `${time} に${how}要約`,
    auto: 'エージェントが',
    manual: '依頼により',
    shrank: (before, after) => `${before} → ${after} トークン`,
    plan: (name) => `${name} のプラン`,
    used: (percent) => `${percent}% 使用`,
    resets: (when) => `${when} にリセット`,
    state: { ok: '', warning: 'まもなく上限', reached: '上限に到達' },
    short: (label, percent) => (percent === null ? label : `${label}：${percent}%`),
    session: 'このセッション',
    tokens: (input, cached, output) => `入力 ${input} トークン（キャッシュ ${cached}）、出力 ${output}`,
    cost: (amount) => `エージェントの報告では ${amount}`,
    nothing: 'エージェントはコンテキストの使用量を伝えていません。',
  },
  rules: {
    button: (n) => `このセッションで許可されているもの ${n} 件`,
    title: 'このセッションで確認なしに許可',
    note: 'セッションが終わるまで有効です。このフォルダーで常に許可されるものは設定にあります。',
    remove: '再び確認する',
    removeLabel: (label) => `${label} を再び確認する`,
    with: (tool) => `${tool} で`,
    settings: 'フォルダーのルール…',
  },
  approvalOptions: {
    title: (name) => `${name} 自身が示す回答`,
    chosen: (label) => `「${label}」`,
    files: (n, added, removed) => `ファイル ${number(n)} 件、+${added} −${removed}`,
  },
  subAgent: {
    steps: (n) => `${number(n)} ステップ`,
    running: (n) => `実行中 ${n} 件`,
    failed: (n) => `失敗 ${n} 件`,
  },
  pane: {
    failed: 'ウィンドウのこの部分を表示できませんでした',
    note: 'エージェントは作業を続け、失われたものはありません。読み込み直してください。それでも直らなければ Quarterdeck を起動し直してください。',
    reload: '読み込み直す',
  },
  sessionSettings: {
    tab: 'セッション',
    lead: 'エージェントが待機できる時間、ターンにかけられる時間、新しい目標の上限です。次のターンから有効です。',
    timeTitle: '時間の上限',
    idleClose: '待機中のエージェントを閉じるまで',
    idleCloseNote: 'ターンのないエージェントのプロセスを終了します。次のメッセージで再開し、失われるものはありません。',
    turnIdle: 'エージェントの反応がないターンを終えるまで',
    turnIdleNote: '回答を待っている時間は数えません。事前に警告します。',
    turnTotal: 'ターンを終えるまでの合計時間',
    turnTotalNote: '事前に警告し、続けさせることもできます。',
    goalTitle: '新しい目標の上限',
    goalNote: '目標ごとに変えられます。',
    goalTurns: 'ターン数',
    goalMinutes: 'ターンの時間',
    goalCost: '費用',
    importTitle: 'CLI の会話',
    importLabel: 'ターミナルで行った会話を履歴に読み込む',
    importNote: 'このコンピューターの履歴にコピーされます。元のものは変更しません。',
    minutes: '分',
    turns: 'ターン',
    usd: '米ドル',
    never: 'しない',
    noLimit: '上限なし',
    save: '保存',
    saving: '保存中…',
    saved: '保存しました',
    undo: '変更を破棄',
    range: (min, max) => `${number(min)} から ${number(max)} までの数を入力してください。`,
    whole: (min, max) => `${number(min)} から ${number(max)} までの整数を入力してください。`,
  },
};
