import type { languageStrings as englishLanguage, appearanceStrings as englishLook } from '../en/appearance.ts';
import type { exportStrings as englishExport } from '../en/export.ts';
import type { inboxStrings as englishInbox } from '../en/inbox.ts';
import type { leaveStrings as englishLeave } from '../en/leave.ts';
import type { noticeStrings as englishNotices } from '../en/notices.ts';
import type { outputStrings as englishOutput } from '../en/output.ts';
import type { rightsStrings as englishRights } from '../en/rights.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('ja');

export const appearanceStrings = {
  theme: 'テーマ',
  system: 'システムに合わせる',
  light: 'ライト',
  dark: 'ダーク',
  density: '表示密度',
  densities: { comfortable: 'ゆったり', compact: 'コンパクト' },
  textSize: '文字サイズ',
  textSizeNote: 'コードを含むすべての文字に適用されます。',
  accent: 'アクセントカラー',
  accents: { sea: '海', blue: '青', violet: '紫', rose: 'ローズ', orange: 'オレンジ', green: '緑', slate: 'スレート' },
  custom: '好みの色',
  adjustedLight: 'ライトテーマでは、文字が読めるように暗くします。',
  adjustedDark: 'ダークテーマでは、文字が読めるように明るくします。',
  motion: '動き',
  motions: { system: 'システムに合わせる', reduced: '減らす' },
  deviceNote: 'これらはこのデバイスでのみ有効です。',
} satisfies Translation<typeof englishLook>;

export const languageStrings = {
  label: '言語',
  system: 'システムに合わせる',
  note: 'このデバイスでのみ有効です。エージェントの文章は元の言語のままです。',
  problem: 'この言語のテキストを取得できなかったため、何も変更されていません。接続を確認してもう一度選んでください。',
} satisfies Translation<typeof englishLanguage>;

export const exportStrings = {
  as: { md: 'Markdown で書き出す', html: 'HTML で書き出す', json: 'ハッシュ付き JSON で書き出す' },
} satisfies Translation<typeof englishExport>;

export const inboxStrings = {
  title: '受信箱',
  count: (n: number) => `${number(n)} 件が回答を待っています`,
  open: (title: string) => `「${title}」を開く`,
  empty: '回答待ちはありません',
  emptyNote: 'どのセッションでも、エージェントが許可を求めたり質問したりするとここに表示され、ここで回答できます。',
  waiting: (n: number) => `${number(n)} 件の確認が回答を待っています`,
  keys: '矢印キーで移動し、1～4 でフォーカス中の項目に回答します。',
  attention: '要確認',
  failed: '直前のターンは失敗しました。',
  interrupted: '直前のターンは中断されました。それまでの内容は保持されています。',
  goal_blocked: '目標が行き詰まっています。',
  provider: 'このエージェントは今は使えません。',
  sessions: (n: number) => `${number(n)} セッション`,
  kept: 'エージェント終了前の要求',
  more: (n: number) => `最初の ${n} 件を表示しています。回答すると残りが表示されます。`,
  answered: '回答したばかり',
  unread: '新着',
  markRead: '既読にする',
  markUnread: '未読にする',
} satisfies Translation<typeof englishInbox>;

export const leaveStrings = {
  title: 'このアドレスを開きますか？',
  mailTitle: 'このアドレスにメールを書きますか？',
  note: 'このリンクはエージェントまたはプログラムが書いたものです。アドレス自体に含まれない限り、相手にこの会話は伝わりません。',
  differs: (said: string, host: string) => `リンクには ${said} とありますが、実際は ${host} に移動します。`,
  notSecure: 'このアドレスは通信が保護されていないか、別のアドレスに見せかけています。',
  otherLetters: '名前に紛らわしい文字が含まれています。実際に送信される形で表示しています。',
  noAddress: '開けるアドレスではありません。',
  trust: (host: string) => `今後 ${host} へのリンクは確認せずに開く`,
  open: '開く',
} satisfies Translation<typeof englishLeave>;

export const outputStrings = {
  open: '全体を開く',
  search: 'この出力を検索',
  hits: (at: number, all: number) => (all === 0 ? '見つかりません' : `${number(all)} 件中 ${number(at)} 件目`),
  previous: '前の一致',
  next: '次の一致',
  wrap: '長い行を折り返す',
  lines: (n: number) => `出力、${number(n)} 行`,
  cut: (n: number) => `… この行にあと ${number(n)} 文字`,
} satisfies Translation<typeof englishOutput>;

export const rightsStrings = {
  without: {
    admin: 'このデバイスではデータ全体を管理できません。ウィンドウで行うか、すべての権限が必要です。',
    chat: 'このデバイスは閲覧のみで、書き込みはできません。所有者が「設定 → デバイス」で変更できます。',
    'sessions:read': 'このデバイスはセッションを閲覧できません。',
    'sessions:write': 'このデバイスはセッションを変更できません。',
    'approvals:write': 'このデバイスでは回答できません。権限のあるデバイスで回答してください。',
  },
  mode: 'エージェントの質問に回答する権限が必要です。',
} satisfies Translation<typeof englishRights>;

export const noticeStrings = {
  lead: '対応が必要なことを、Quarterdeck がシステムの通知で知らせます。いま見ているものは通知しません。',
  leadPage:
    'このページが開いている間は、バックグラウンドのタブでも、対応が必要なことを通知できます。閉じたあとは何も通知できません。',
  what: '通知する内容',
  waiting: '回答待ちになったとき',
  waitingNote: 'エージェントが許可を求めたとき、質問があるとき、または目標が行き詰まったとき。',
  ended: '長いターンが終わったとき',
  endedNote: '目標が達成されたときも通知します。自分で停止したものは通知しません。',
  length: '長いとみなす時間',
  lengths: (minutes: number) =>
    minutes === 0 ? '長さを問わない' : minutes === 60 ? '1 時間以上' : `${minutes} 分以上`,
  failed: 'ターンが失敗したとき',
  failedNote: 'プランの上限に達したなどの理由で、エージェントが続けられなくなったとき。',
  how: '通知のしかた',
  sound: 'サウンド',
  soundNote: 'システムが通知に付けるサウンドです。',
  onlyBehind: 'Quarterdeck が前面にないときだけ',
  onlyBehindNote: 'オフにすると、あるセッションで作業中にも、ほかのセッションのことを通知します。',
  test: 'テスト通知を表示',
  tested:
    '通知をシステムに渡しました。何も見えない場合は、システムが表示を控えています。システムの通知の設定と、「おやすみモード」がオンになっていないかを確かめてください。',
  answers:
    '通知の中で、求められた内容を拒否したり、単純なコマンドを 1 回だけ許可したりできます。よく確かめる必要があるものは、クリックしてから回答します。',
  noAnswers: '通知をクリックすると、その要求に移動し、読んで回答できます。',
  unsupported:
    'このシステムは通知を表示しません。回答待ちのものは、受信箱、ウインドウのタイトル、そして時計の横のアイコン（ある場合）で確かめられます。',
  unreachable: '通知の設定を取得できませんでした。この画面を開き直してください。',
  insecure:
    'ブラウザーは、TLS で届いたページか、このコンピューターのページの通知だけを表示します。ここで通知を受けるには、「ゲートウェイ」で TLS をオンにし、そのアドレスを開いてください。',
  missing:
    'このブラウザーは、このようなページの通知を表示しません。iPhone や iPad では、まずページをホーム画面に追加してください。',
  ask: '通知を許可',
  askNote: 'このページが通知を表示してよいか、ブラウザーが一度だけ尋ねます。',
  denied:
    'このブラウザーは、このページの通知を表示しないように設定されています。ブラウザーの設定で、このアドレスの通知を許可してください。',
  deviceNote: 'この設定は、このデバイスだけに適用されます。',
} satisfies Translation<typeof englishNotices>;
