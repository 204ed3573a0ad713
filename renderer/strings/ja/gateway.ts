import type { gatewayStrings as english } from '../en/gateway.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('ja');

/** ゲートウェイの入口についての文。 */
export const gatewayStrings: Translation<typeof english> = {
  lead: 'このアプリに接続できる場所です。このコンピューターの 127.0.0.1 からはいつでも接続できます。',
  now: '現在接続できる場所',
  kind: { loopback: 'このコンピューター', lan: 'ネットワーク', unix: 'ローカルのプログラム' },
  sealedOnly: '暗号化した入口のみ',
  check: 'アドレスを確認',
  checking: '確認中…',
  reachable: '応答あり',
  lan: {
    title: 'ネットワーク',
    label: 'ネットワーク上のほかのデバイスを許可する',
    off: 'オフ：このコンピューターのプログラムだけが接続できます。',
    on: 'オン：選んだネットワークのデバイスは、ペアリング済みかキーがあれば接続できます。',
    ask: 'ネットワークを許可しますか？',
    becomes: 'オンにすると、これらのネットワークの誰もが次のものに接続できます。',
    reach: {
      page: 'Quarterdeck のページ（ペアリングしたデバイス、キー、サインインがなければ何も表示しません）',
      sealed: '端から端まで暗号化した入口。ペアリングしたデバイスとキーのためのものです',
      health: 'アプリが動いているかどうか（/health）',
    },
    stays:
      '通常の HTTP では閉じたままのもの：TLS が必要な通常の API とファイル転送。認証がなければ何も伝えず、何もできません。',
    addresses: '次のアドレスが応答します。',
    noAddresses: '使えるネットワークが見つかりませんでした。先に下から選んでください。',
    action: 'ネットワークを許可',
    close: '再び閉じる',
  },
  interfaces: {
    title: 'ネットワーク',
    note: '自動選択：トンネル、コンテナーのブリッジ、このコンピューターだけのものを除くすべてのネットワーク。',
    all: '自動で選ぶ',
    some: '次のものだけ',
    kind: { lan: 'ネットワーク', tunnel: 'トンネル', container: 'コンテナー', other: 'その他' },
    none: 'ネットワークインターフェイスが見つかりませんでした。',
    noAddress: 'アドレスなし',
    missing: '現在ありません',
    chooseOne: 'ネットワークを 1 つ以上選んでください。',
  },
  port: {
    title: 'ポート',
    label: 'ポート',
    note: (port) =>
      `空欄：${port}。ペアリングしたデバイスは、新しいアドレスを知るまで古いものを探します。見つからない場合はペアリングし直してください。`,
    wrong: '1 から 65535 までの整数を指定してください。',
  },
  tlsTitle: 'TLS（ページの保護）',
  tlsNote:
    'ページ自体を守り、通常の API をネットワークに開きます。なしの場合、開くのは暗号化した入口だけですが、その内容はいずれにしても暗号化されます。',
  tlsWay: {
    off: { name: 'オフ', note: 'ページは通常の HTTP で届きます。メッセージ、回答、ファイルは暗号化されます。' },
    made: {
      name: 'ここで作成',
      note: '証明書をその場で作ります。ブラウザーは信頼するかを一度尋ねるので、フィンガープリントを比べてください。',
    },
    own: { name: '自分の証明書', note: '手元の PEM ファイルの証明書とキー。' },
  },
  certFile: '証明書のファイル',
  keyFile: 'キーのファイル',
  filesMissing: '両方のファイルを指定してください。',
  certificate: '証明書のフィンガープリント（SHA-256）',
  certificateEnds: (when) => `${when} まで有効`,
  certificateEnded: (when) => `${when} に期限切れ`,
  more: 'そのほかの入口',
  mdns: 'このコンピューターをネットワークに知らせる（mDNS）',
  mdnsNote: 'デバイスは名前で見つけられます。ネットワークの誰もが Quarterdeck が動いていることを知ります。',
  mdnsName: (name) => `${name} として通知中`,
  unix: 'ローカルのプログラム用の Unix ソケット',
  unixNote: 'アプリのフォルダーにあり、自分のアカウントだけが開けるファイルです。',
  hosts: 'ほかの呼び名',
  hostsNote: '前に置くリバースプロキシ用です。host または host:port を空白で区切ります。',
  hostsWrong: (host) => `「${host}」はホスト名ではありません。`,
  v1: {
    title: '古いクライアント',
    label: '暗号化プロトコルのバージョン 1 をネットワークから受け付ける',
    warning:
      'バージョン 1 は接続時にキーをそのまま送ります。ネットワークを盗み聞きする人は誰でも使えます。他に方法のないクライアントのためにだけ、できることの少ないキーとともにオンにしてください。',
    ask: 'そのまま送られるキーを受け付けますか？',
    action: 'バージョン 1 を受け付ける',
  },
  save: '保存',
  saving: '保存中…',
  saved: '保存しました',
  undo: '取り消す',
  connections: {
    title: '現在の接続',
    none: '接続はありません。',
    close: '閉じる',
    closeLabel: (name) => `${name} の接続を閉じる`,
    current: 'このページ',
    since: (when) => `${when} から`,
    follows: (n) => (n === 0 ? '見ているセッションなし' : `${number(n)} 件のセッションを表示中`),
    closeTitle: (name) => `${name} の接続を閉じますか？`,
    closeNote: '自動で戻ることがあります。締め出すにはキーまたはデバイスを失効させてください。',
    door: {
      window: 'ウィンドウ',
      sealed: '暗号化接続',
      ductor: 'ductor クライアント',
      sse: 'イベントストリーム',
      cli: 'コマンドライン',
    },
    owner: '自分',
  },
};
