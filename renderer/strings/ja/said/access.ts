import type { AccessSentences } from '../../../../main/protocol/sentences/access.ts';
import type { SaidOf } from '../../said.ts';

const unchanged = '何も変更されていません。';
const nothing = '何も読み込まれず、変更もされていません。';
const notMade = '何も作成・変更されていません。';
const lookAgain = '一覧をもう一度ご確認ください。';
const notSignedIn = 'このブラウザーはサインインしていません。ほかに変わったことはありません。';
const noTls = 'TLS は有効になっていません。何も変更されていません。';
const pemFiles = '証明書の PEM ファイルと、その秘密鍵の PEM ファイル（パスフレーズなし）を指定してください。';
const socketOnly = 'ローカルのプログラムはこれを使えません。ほかはすべて動作します。';
const again = 'サインインページからやり直してください。';
const otherWay = 'あるいは別の方法でサインインしてください。';
const protects = '何も読み込まれず、変更もされていません。これは Web 上のページからセッションを守るためのものです。';
const noDoor = 'ブラウザーやスクリプトは Quarterdeck に接続できません。保存された内容には影響ありません。';
const less = '範囲を狭めるか、所有者にウィンドウで行うよう依頼してください。';
const devicesWait =
  '解決するまで、デバイスの接続もペアリングもできません。ウィンドウ、このコンピューターのブラウザー、キーは引き続き使えます。何も置き換えられていません。';
const attacked = '接続し直してください。また起きる場合は、送信内容が誰かに改変されている可能性があります。';
const whats = { key: 'そのキー', device: 'そのデバイス', pairing: 'そのペアリング', session: 'そのセッション' };

export const access: SaidOf<AccessSentences> = {
  'access.notFound': ({ what }) => [`${whats[what]}はないか、すでになくなっています。`, unchanged, lookAgain],
  'access.stillGood': ({ what }) => [
    what === 'key' ? 'このキーはまだ有効です。' : 'このデバイスはまだ使えます。',
    '一覧から取り除かれていません。',
    what === 'key' ? '先にキーを失効させてください。' : '先にデバイスのアクセスを取り消してください。',
  ],
  'access.rotatedBefore': ({ successor }) => [
    `このキーはすでに更新され、キー ${successor} に置き換わっています。`,
    '新しいシークレットは作成されていません。',
    `シークレットを失った場合は、キー ${successor} を更新してください。`,
  ],
  'access.keyOver': [
    'このキーは失効したか、期限が切れています。',
    '新しいシークレットは作成されていません。',
    '新しいキーを作成してください。',
  ],
  'access.madeBefore': ({ id }) => [
    `このキーは、同じリクエストの最初の試行ですでに作成されています：${id}`,
    '2 つ目のキーは作成されていません。シークレットは一度だけ表示され、再び表示されることはありません。',
    `最初の応答を受け取れなかった場合は、キー ${id} を更新してください。`,
  ],
  'access.alreadyOver': [
    'このアクセスは始まる前に終わってしまいます。',
    notMade,
    'これから先の時刻を選ぶか、期限なしにしてください。',
  ],
  'access.noAddressForDevices': [
    'このアプリには接続先のアドレスがありません。',
    'デバイスから接続できないため、ペアリングは提示されませんでした。',
    'ゲートウェイ付きで起動し、ネットワーク上のほかのデバイスからの接続を許可してください（設定のデバイス）。',
  ],
  'scope.tooMuch': ({ scopes }) => [`このアクセスが持つ以上のものを渡すことになります：${scopes}`, notMade, less],
  'scope.tooWide': [
    'このアクセスが持つ以上のもの（範囲外のフォルダーやセッション）を渡すことになります。',
    notMade,
    less,
  ],
  'scope.tooLong': ['このアクセスが持つ以上のもの（期限を超える時間）を渡すことになります。', notMade, less],

  'gateway.unauthorized': ({ reason }) => [
    reason === 'missing' ? 'サインインが必要ですが、行われていません。' : '認証情報が無効か、失効または期限切れです。',
    nothing,
    'ブラウザーではサインインし直してください。Quarterdeck をそのコンピューターで起動すると新しいリンクが表示されます。スクリプトでは「Authorization: Bearer <key>」を送ってください。',
  ],
  'gateway.rateLimited': ({ seconds }) => [
    'サインインの失敗が多すぎます。',
    '今回は拒否されました。有効な認証情報があれば妨げられません。',
    `${seconds} 秒待ってから、新しいリンクまたはキーで一度だけお試しください。`,
  ],
  'gateway.tooManyRequests': ({ seconds }) => [
    'このキーのリクエスト数が、設定で許された数を超えています。',
    '今回は実行されませんでした。実行中のターンは続きます。',
    `${seconds} 秒待ってから、間隔を空けて続けてください。`,
  ],
  'gateway.linkUsed': [
    'このリンクはすでに使われたか、10 分以上経過しています。',
    notSignedIn,
    'このコンピューターで Quarterdeck をもう一度起動してください。動作中のものを見つけ、新しいリンクを表示します。',
  ],
  'gateway.signInNotKept': [
    'このコンピューターのディスクがいっぱいか書き込めないため、サインインを保存できませんでした。',
    'このブラウザーはまだサインインしていません。リンクは使用済みになっていません。',
    '空きを作ってから、同じリンクをもう一度開いてください。',
  ],
  'gateway.needsOwnPage': [
    'これを行えるのは、このゲートウェイのページだけです。',
    unchanged,
    'ブラウザーでページを開いて行ってください。',
  ],
  'gateway.linkNotPrivate': [
    'このアドレスは、このコンピューター上か TLS 経由でのみ応答します。',
    '何も読み込まれず、変更もされていません。送信された内容はネットワーク上で読み取られた可能性があります。',
    'QR コードでこのデバイスをペアリングするか（メッセージは暗号化されます）、設定のネットワークで TLS を有効にしてください。',
  ],
  'gateway.noSuchRoute': [
    'このアドレスには何もありません。',
    nothing,
    'このゲートウェイが応答するものは docs/protocol.md にあります。',
  ],
  'gateway.tooManyConnections': ({ limit }) => [
    `接続数が上限の ${limit} に達しています。`,
    'この接続は閉じられました。セッションは続きます。',
    '不要なページやスクリプトを閉じてください。このページは自動的に再接続します。',
  ],
  'gateway.portTaken': ({ port, host, other }) => [
    `${host} のポート ${port} は別のプログラムが使用しています。`,
    noDoor,
    `別のポートで起動するか（--port ${other}）、ポート ${port} を使っているプログラムを終了してください。`,
  ],
  'gateway.portForbidden': ({ port }) => [
    `システムが Quarterdeck にポート ${port} を開くことを許可しません。`,
    noDoor,
    '1024 以上のポートで起動してください（例：--port 8741）。',
  ],
  'gateway.noSuchAddress': ({ host }) => [
    `このコンピューターにアドレス ${host} はありません。`,
    noDoor,
    '--host なしで起動してください。127.0.0.1 が使われます。',
  ],
  'gateway.notAnAddress': ({ host }) => [
    `${host} はコンピューターのアドレスではありません。`,
    'ゲートウェイは起動されませんでした。',
    '--host なしで起動するか、このコンピューターのアドレスを指定してください（例：--host 192.168.1.10）。',
  ],
  'gateway.noAddressForBrowsers': [
    'このアプリには接続先のアドレスがありません。',
    'ブラウザーから接続できません。',
    '「npm run serve」で起動するか、ウィンドウを使ってください。',
  ],
  'admission.otherName': [
    'リクエストが、このコンピューターのものではない名前を使っています。',
    protects,
    'Quarterdeck が表示するアドレスを使うか、この名前を許可する名前に追加してください。',
  ],
  'admission.otherPage': ({ origin }) => [
    'リクエスト元のページは、このゲートウェイのものではありません。',
    protects,
    `${origin} のページを使ってください。`,
  ],
  'admission.sentByPage': ({ origin }) => [
    '別のページがブラウザーにこの送信をさせました。',
    protects,
    `${origin} のページを使ってください。`,
  ],
  'sealed.unreadable': [
    'フレームを開けませんでした。改変されたか、途中で切れたか、この接続の鍵で暗号化されていません。',
    '',
    attacked,
  ],
  'sealed.replayed': ['フレームが重複したか、順序が違うか、送信元から戻ってきました。', '', attacked],

  'lan.noCredential': [
    '部外者を防ぐ設定がありません。API キーもデバイスもパスワードもありません。',
    'ゲートウェイはネットワークに公開されませんでした。',
    '--host なしで起動し、デバイスをペアリングするか API キーを作成してから、もう一度 --host 付きで起動してください。',
  ],
  'lan.noSuchInterface': ({ names }) => [
    `このコンピューターに ${names} というネットワークインターフェースはないか、今はアドレスがありません。`,
    unchanged,
    'インターフェースの一覧から選んでください。',
  ],
  'lan.notSaved': [
    'ディスクにゲートウェイの設定を書き込めませんでした。',
    '何も変更されていません。これまでと同じ場所で待ち受けています。',
    '空きを作ってから、もう一度お試しください。',
  ],
  'lan.noSuchConnection': ['その接続はないか、すでに終了しています。', unchanged, lookAgain],
  'lan.noGateway': [
    'このアプリには接続先のアドレスがありません。',
    unchanged,
    '「npm run serve」で起動するか、ウィンドウを使ってください。',
  ],
  'lan.addressGone': [
    '今、このコンピューターにこのアドレスはありません。戻る場合に備えて、しばらく待ち受けを続けます。',
  ],
  'lan.noAnswer': ['応答がありません。このコンピューターのファイアウォールがブロックしている可能性があります。'],
  'lan.notCalled': ({ code }) => [`呼び出せません（${code}）。`],
  'lan.otherCertificate': ['そこでは、私たちのものとは違う証明書が提示されています。'],
  'lan.otherProgram': ({ status }) => [
    `ステータス ${status} が返されました。別のプログラムが動いている可能性があります。`,
  ],
  'certificate.notMade': [
    '証明書を作成できませんでした。',
    noTls,
    'ログファイルをご確認ください。または自分の証明書を使ってください。',
  ],
  'certificate.notOne': ['証明書ファイルに証明書（PEM）が入っていません。', noTls, pemFiles],
  'certificate.otherKey': ['秘密鍵がこの証明書のものではありません。', noTls, pemFiles],
  'certificate.noKey': ['鍵ファイルに、読み取れる秘密鍵が入っていません。', noTls, pemFiles],
  'certificate.over': ({ date }) => [
    `証明書の期限が切れています（${date}）。`,
    noTls,
    '更新してから、もう一度お試しください。',
  ],
  'certificate.notYet': ({ date }) => [
    `証明書はまだ有効ではありません（${date} から）。`,
    noTls,
    'このコンピューターの時計を確認するか、お待ちください。',
  ],
  'certificate.notNamed': [
    '証明書と秘密鍵が指定されていません。',
    noTls,
    '両方のファイルを指定するか、ここで証明書を作成してください。',
  ],
  'certificate.unreadable': ({ path }) => [
    `${path} を読み込めません。`,
    noTls,
    'ファイルがあり、このユーザーに読み取りの権限があるか確認してください。',
  ],
  'certificate.otherName': ({ names }) => [
    `証明書は ${names} 用ですが、このゲートウェイはそのどれでも呼ばれていません。`,
    noTls,
    '証明書の名前をゲートウェイの名前に追加するか、別の証明書を使ってください。',
  ],
  'socket.tooLong': ({ path, bytes }) => [
    `ソケット ${path} のパスが、システムの上限 ${bytes} バイトを超えています。`,
    socketOnly,
    'パスの短いデータフォルダーを使ってください。',
  ],
  'socket.notOurs': ({ path }) => [
    `ソケット ${path} を開けません。そこに別のものがあります。`,
    socketOnly,
    '内容を確認して移動してください。',
  ],
  'socket.inUse': ({ path }) => [
    `ソケット ${path} は別のプログラムが使用しています。`,
    socketOnly,
    'そのプログラムを終了して、もう一度お試しください。',
  ],

  'identity.notHere': ({ box }) => [
    box === 'keychain'
      ? 'ゲートウェイ自身の鍵はウィンドウ付きのアプリが作成し、ここからは開けないシステムのキーチェーンにあります。'
      : `ゲートウェイ自身の鍵は、別のバージョンの Quarterdeck が作成したものです（${box}）。`,
    devicesWait,
    'ウィンドウ付きの Quarterdeck を使うか、別のデータフォルダー（--home）を使い、そこでデバイスをペアリングしてください。',
  ],
  'identity.cannotOpen': [
    'ペアリング済みのデバイスが目印にする、ゲートウェイ自身の鍵を開けません。',
    devicesWait,
    'キーチェーンのロックを解除するか、Quarterdeck フォルダーの「secrets.key」をバックアップから戻して、もう一度お試しください。',
  ],
  'identity.notKept': [
    'ゲートウェイ自身の鍵を保存できませんでした。',
    '解決するまで、デバイスをペアリングできません。',
    'キーチェーンのロックを解除するか「secrets.key」を直して、もう一度お試しください。',
  ],
  'token.repaired': ({ path, broken }) => [
    broken === 'exposed'
      ? `このコンピューターのほかのユーザーが ${path} を読める状態でした。`
      : `${path} にトークンが入っていませんでした。`,
    '新しいトークンを作成し、古いものは無効になりました。ブラウザーと API キーのサインインはそのままです。',
    broken === 'exposed'
      ? 'そのフォルダーの権限を緩めたもの（バックアップや同期ツール）を調べ、非公開に保ってください。'
      : '操作は不要です。古いトークンをコピーしたスクリプトは、ファイルを読み直す必要があります。',
  ],

  'signIn.wrongPassword': [
    'パスワードが違います。',
    '何も開かれず、変更もされていません。',
    'もう一度入力してください。忘れた場合は、所有者がウィンドウか、そのコンピューターの「quarterdeck password」で新しく設定します。',
  ],
  'signIn.noPassword': [
    'ここではパスワードが設定されていません。',
    'このブラウザーはサインインしていません。',
    '別の方法でサインインするか、設定のサインインでパスワードを設定してください。',
  ],
  'signIn.passwordTooShort': [
    'パスワードは 8～1000 文字にしてください。',
    unchanged,
    'もっと長いものを選んでください。数語からなる文は、入力しやすく推測されにくいです。',
  ],
  'signIn.tooManyWaiting': [
    '今、ほかに多くの人がサインインしています。',
    'パスワードは確認されていません。誤りとして数えられてもいません。',
    '数秒後にもう一度お試しください。',
  ],
  'signIn.setupDone': [
    '初回の設定はすでに済んでいます。',
    unchanged,
    'そのとき設定したパスワードかキー、またはリンク（そのコンピューターで「quarterdeck open」）でサインインしてください。',
  ],
  'signIn.wrongSetupCode': [
    'セットアップコードが違うか、期限が切れています。',
    '何も設定されていません。',
    'Quarterdeck を起動したターミナル、またはデータフォルダーの「setup-code」ファイルからコピーしてください。',
  ],
  'signIn.noSuchLogin': ['そのログインはないか、すでに終了しています。', unchanged, lookAgain],
  'signIn.tooManyAttempts': ({ minutes }) => [
    'このアドレスから誤ったパスワードが多く届きました。',
    '正しいかどうかにかかわらず、パスワードは確認されていません。',
    `${minutes} 分待ってから一度だけ試すか、リンクなど別の方法でサインインしてください。`,
  ],
  'oidc.notUnderWay': [
    'このサインインは、このブラウザーで始められていないか、すでに終わっているか、5 分以上かかりました。',
    notSignedIn,
    again,
  ],
  'oidc.stateMismatch': [
    'ID プロバイダーの応答は別のサインインのものです。',
    notSignedIn,
    `${again}メッセージ内のリンクからここに来た場合は、そのリンクをもう使わないでください。`,
  ],
  'oidc.noCode': ['ID プロバイダーがコードを送ってきませんでした。', notSignedIn, again],
  'oidc.providerRefused': ({ host, cancelled }) => [
    cancelled
      ? `${host} でサインインが取り消されたか、${host} が拒否しました。`
      : `${host} はサインインを完了できませんでした。`,
    notSignedIn,
    `${again}${otherWay}`,
  ],
  'oidc.unsafeIssuer': ({ issuer }) => [
    `ID プロバイダーのアドレス（${issuer}）が https:// で始まっていません。`,
    'これでは誰もサインインできません。通常の HTTP では、応答が途中で読み取られたり改変されたりします。',
    'https:// のアドレスを指定してください。http:// を使えるのは、このコンピューター上（127.0.0.1）のプロバイダーだけです。',
  ],
  'oidc.providerUnreachable': ({ host }) => [
    `ID プロバイダー ${host} に接続できないか、ID プロバイダーとして応答しません。`,
    notSignedIn,
    `少し待ってもう一度お試しください。${otherWay}所有者は設定のサインインでアドレスをテストできます。`,
  ],
  'oidc.tokenRefused': ({ host }) => [
    `${host} が送ってきたものは、信頼できる証明ではありません。`,
    notSignedIn,
    `${again}また起きる場合、所有者は設定のサインインで発行者、クライアント、シークレットを確認してください。`,
  ],
  'oidc.noEmail': ({ host }) => [
    `${host} はこのアカウントのメールアドレスを伝えていません。`,
    notSignedIn,
    `この Quarterdeck の所有者に相談してください。${otherWay}`,
  ],
  'oidc.unverified': ({ host }) => [
    `${host} はこのアカウントのメールアドレスを確認していません。`,
    notSignedIn,
    `${host} でアドレスを確認してから、${again}`,
  ],
  'oidc.notAllowed': ({ email }) => [
    `${email} は、ここにサインインできる人の一覧にありません。`,
    notSignedIn,
    '別のアカウントでサインインするか、設定のサインインでこのアドレスを追加するよう所有者に依頼してください。',
  ],
  'oidc.notConfigured': [
    'ここでは ID プロバイダーが設定されていません。',
    notSignedIn,
    'サインインページに戻ってください。設定されている方法が表示されます。',
  ],
  'oidc.tooManyVisits': [
    'このアドレスから、ID プロバイダーによるサインインが多く始められました。',
    notSignedIn,
    `1 分待ってからやり直してください。${otherWay}`,
  ],
  'oidc.secretNotHere': [
    'ID プロバイダーのクライアントシークレットはアプリのウィンドウからシステムのキーチェーンに保存されており、ここからは開けません。',
    'ここでは誰も ID プロバイダーでサインインできません。ほかの方法には影響ありません。',
    'ウィンドウ付きの Quarterdeck を使うか、ここでクライアントシークレットを保存し直してください。',
  ],
};
