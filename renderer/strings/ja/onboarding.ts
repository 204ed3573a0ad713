import type { onboardingStrings as english } from '../en/onboarding.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('ja');

/** エージェントの検出、インストール、サインインと、診断のページの文。 */
export const onboardingStrings: Translation<typeof english> = {
  onboarding: {
    install: 'インストール',
    installAgain: '再インストール',
    update: '更新',
    installNote: (name) =>
      `${name} を npm から Quarterdeck 専用のフォルダーに取得します。コンピューター全体には何もインストールしません。`,
    updateNote: (name) =>
      `最新の ${name} を npm から Quarterdeck 専用のフォルダーに取得します。今あるものはそのままです。`,
    signIn: 'ターミナルでサインイン',
    signInOpened:
      'ターミナルのウィンドウを開きました。そこでサインインしてください。戻ると Quarterdeck がもう一度確認します。',
    copyCommand: 'サインインのコマンドをコピー',
    storeKey: 'API キーを登録…',
    replaceKey: 'API キーを交換…',
    removeKey: 'API キーを取り除く',
    keyStored: 'API キー登録済み',
    own: 'Quarterdeck がインストール',
    newer: 'Quarterdeck で試したバージョンより新しい',
    older: 'Quarterdeck で試したバージョンより古い',
    passedOver: (path, what) => `${path}（${what}）の代わりに使用しています。`,
    tooOld: (version) => `古すぎます${version ? `、${version}` : ''}`,
    broken: '動作しません',
    keyForm: {
      label: (name) => `${name} の API キー`,
      placeholder: 'ここにキーを貼り付け',
      note: (variable) =>
        `このコンピューターに暗号化して保管し、このエージェントにだけ渡します（${variable}）。二度と表示されません。今は試しません。使えるかどうかは最初のメッセージでわかります。`,
      save: 'キーを登録',
      saving: '登録中…',
      byKeychain: 'このコンピューターのキーチェーンに登録しました。',
      byKeyFile:
        'Quarterdeck のフォルダーに暗号化して登録しました。キーチェーンが見つからなかったため、その鍵は自分のアカウントだけが読めるファイルです。',
      now: (n) => (n === 0 ? '次のメッセージから有効です。' : `待機中のセッション ${number(n)} 件ですぐに使われます。`),
      later: (n) => `${number(n)} 件のセッションは、次に開始するまで今のものを使い続けます。`,
      removeTitle: (name) => `${name} の API キーを取り除きますか？`,
      removeNote: 'このコンピューターから削除されます。提供元で失効させるまで、そこでは有効です。',
    },
    job: {
      running: 'インストール中…',
      done: 'インストールしました',
      failed: 'インストールに失敗しました',
      cancelled: '中止しました',
      cancel: 'キャンセル',
      cancelling: '中止中…',
      close: '閉じる',
      again: '再試行',
      output: 'インストールの出力',
      waiting: 'npm に問い合わせ中…',
      lost: 'Quarterdeck が再起動したか、処理が古すぎます。何がインストールされているかはエージェントの一覧でわかります。',
    },
  },
  diagnostics: {
    lead: 'このインストールと、このコンピューターの各エージェントの状態です。どこにも送信しません。',
    run: '再確認',
    running: '確認中…',
    copy: 'レポートをコピー',
    copyNote: 'キーやパスワードは含みません。このコンピューターのフォルダー名とユーザー名は含まれます。',
    allGood: 'すべて正常です。',
    broken: (n) => `${number(n)} 件に対応が必要です。`,
    warnings: (n) => `ヒント ${number(n)} 件。`,
    labels: {
      home: 'データフォルダー',
      disk: 'ディスクの空き',
      database: 'データベース',
      gateway: 'ゲートウェイ',
      log: 'ログ',
      providers: 'エージェント',
      'provider-keys': 'エージェントの API キー',
      'not-understood': 'エージェントのメッセージ',
    },
    state: { ok: '正常', warning: 'ヒント', error: '問題' },
    notUnderstood: '理解できなかったもの',
    notUnderstoodNote:
      'エージェントが送り、このバージョンの Quarterdeck が知らないものです。セッションの記録に残り、何も壊しません。エージェントのほうが新しいことを示します。',
    nothing: 'エージェントの内容はすべて理解できました。',
    times: (n) => `${n} 回`,
    version: (version) => `バージョン ${version}`,
    sample: '元の行を表示',
    open: 'セッションを開く',
  },
};
