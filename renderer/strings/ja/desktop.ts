import type { desktopStrings as english } from '../en/desktop.ts';
import type { Translation } from '../languages.ts';

export const desktopStrings = {
  newWindow: '新しいウィンドウ',
  openInWindow: '新しいウィンドウで開く',
  openThis: 'このセッションを新しいウィンドウで開く',
  tooManyWindows: {
    message: 'これ以上ウィンドウを開けません。',
    impact: 'ウィンドウは開かれませんでした。ほかはそのまま続きます。',
    next: '不要なウィンドウを閉じるか、このウィンドウでセッションを開いてください。',
  },
  onlyWindow: 'これは、アプリが動いているコンピューターの設定です',
  onlyWindowNote:
    'Quarterdeck を手前に出すキー、ログイン時に開く設定、表示の大きさ、スペルチェックは、アプリのウィンドウで設定します。ブラウザーにはそれぞれ独自の設定があります。',
  summonTitle: 'Quarterdeck を手前に出す',
  summonNote:
    'どのプログラムでも効くキーです。もう一度押すと Quarterdeck を隠します。一部の Linux デスクトップでは、システムがこのようなキーをプログラムに渡しません。',
  noKeys: 'キーは設定されていません。',
  setKeys: 'キーを設定…',
  changeKeys: 'キーを変更…',
  clearKeys: '削除',
  pressKeys: 'キーを押してください',
  pressKeysNote:
    'Ctrl、Alt、Shift、システムキーのうち 2 つと文字または数字、あるいは 1 つと F1～F24。Esc で終了します。',
  refused: {
    unfit:
      'このキーはほかのプログラムで使えなくなるか、システムが認識できません。Shift ともう 1 つなど、2 つのキーを押しながら押してください。',
    own: 'このキーは Quarterdeck 自身が使っています。別のキーを押してください。',
  },
  keysDead:
    'このキーは今は効きません。ほかのプログラムが使っているか、デスクトップが渡していません。別のキーを設定するか、空いてから同じキーをもう一度設定してください。',
  loginTitle: 'ログイン時',
  login: 'ログイン時に Quarterdeck を開く',
  loginNote: 'スマートフォンやスクリプトから、いつでも接続できるようになります。',
  loginCannot: 'ログイン時に開けるのは、インストールされた Quarterdeck だけです。',
  hidden: 'ウィンドウなしで開く',
  hiddenNote:
    'バックグラウンドで開きます。表示するには、Quarterdeck をもう一度起動するか、設定したキーを押してください。',
  unapproved: 'システムの設定の、ログイン時に開くプログラムで許可されるのを待っています。',
  otherProgram: (path: string) =>
    `現在は別の Quarterdeck が開かれます：${path}。一度オフにしてからオンにすると、こちらが開くようになります。`,
  backgroundTitle: '最後のウィンドウを閉じたとき',
  background: 'トレイで動き続ける',
  backgroundNote:
    '作業は続き、電話やスクリプトからも接続できます。時計の横のアイコンを使うか、Quarterdeck をもう一度起動すると、ウィンドウが戻ります。',
  backgroundCannot:
    'このデスクトップには時計の横にアイコンを置く場所がないため、最後のウィンドウを閉じると Quarterdeck は終了します。',
  zoomTitle: '大きさ',
  zoom: 'ウィンドウ全体の表示の大きさ',
  zoomNote: 'すべてのウィンドウで保持されます。「表示」メニューとキーでも変更できます。',
  spellingTitle: 'スペル',
  spelling: '入力中にスペルをチェックする',
  spellingFetches:
    '入力した内容がこのコンピューターの外に出ることはありません。ただし、言語ごとに辞書が必要で、Google のサーバーから一度だけ取得します。オフの間は何も取得しません。単語を右クリックすると候補が表示されます。',
  spellingSystem: 'システムの辞書を使い、何も取得しません。単語を右クリックすると候補が表示されます。',
  spellingLanguages: (languages: string) => `チェックする言語：${languages}。アプリとシステムの言語に従います。`,
  noDictionary: 'アプリとシステムの言語の辞書がないため、何もチェックされません。',
  dictionaryMissing: (languages: string) =>
    `辞書を取得できませんでした：${languages}。ネットワークにつながってから、一度オフにしてオンにしてください。`,
} satisfies Translation<typeof english>;
