import type { AgentParts, ProviderSentences } from '../../../../main/protocol/sentences/providers.ts';
import type { SaidOf } from '../../said.ts';

const lostNothing = 'メッセージとここまでの内容は保存されていますが、応答はありません。';
const workStands = 'ここまでに書かれた内容は保存されています。エージェントがすでに行ったファイルの変更もそのままです。';
const again = 'メッセージを送り直してください。';
const goOn = '「続けて」などのメッセージを送ってください。';
const network = `ネットワーク接続を確認して、${again}`;
const resumes = '「続けて」などのメッセージを送ってください。会話は中断したところから再開します。';
const below = '下の詳細をご確認ください。';
const unchanged = '何も変更されていません。';
const lookAgain = 'エージェントの一覧をもう一度ご確認ください。';
const search = '再検索してください。';
const why = (errno: string): string =>
  errno === 'EACCES' || errno === 'EPERM'
    ? '実行が許可されていません'
    : errno === 'ENOENT'
      ? 'ファイルがないか、必要なものが欠けています'
      : errno === 'EISDIR'
        ? 'ファイルではありません'
        : 'システムが拒否しました';
const chmod = (path: string) => `実行可能にして（chmod +x ${path}）`;
/** `at`: seconds since 1970. */
const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString('ja', { dateStyle: 'medium', timeStyle: 'short' });
type Agent = AgentParts & { name: string };
const install = ({ agent, name, line }: Agent): string =>
  agent === 'gemini'
    ? `インストールするか（${line}）、QUARTERDECK_GEMINI_PATH に場所を設定してください。`
    : `${name} の設定にあるコマンド（「${line}」）を確認するか、そのプログラムをインストールしてください。`;
const signIn = ({ agent, name, key }: Agent): string =>
  agent === 'gemini'
    ? `API キーを保存する（またはアプリの起動前に ${key} を設定する）か、ターミナルで一度「gemini」を実行してサインインしてください。`
    : `ドキュメントに従って、ターミナルで ${name} にサインイン${key ? `するか、API キー（${key}）を保存` : ''}してください。`;
const tryIt = ({ agent, line }: Agent): string =>
  `同じフォルダーのターミナルで「${agent === 'gemini' ? 'gemini' : line}」を実行すると、そのメッセージを確認できます。`;

export const providers: SaidOf<ProviderSentences> = {
  'cli.notInstalled': ({ name, command, variable }) => [
    `このコンピューターに ${name} が見つかりませんでした。`,
    lostNothing,
    `インストールするか（${command}）、${variable} に場所を設定して、${again}`,
  ],
  'cli.notUsable': ({ name, path, errno, variable }) => [
    `${name} を起動できませんでした：${path}（${why(errno)}）。`,
    lostNothing,
    errno === 'EACCES'
      ? `${chmod(path)}、または ${name} をインストールし直して、${again}`
      : `${name} をインストールし直すか ${variable} を直して、${again}`,
  ],
  'cli.ended': ({ name, how, understood, command }) =>
    understood
      ? [`${name} が作業の途中で終了しました（${how}）。`, workStands, resumes]
      : [
          `${name} がすぐに終了しました（${how}）。`,
          lostNothing,
          `${below}同じフォルダーのターミナルで「${command}」を実行しても同じメッセージが表示されます。`,
        ],
  'cli.deaf': ({ name, fresh }) => [
    `${name} が指示を読み取らなくなったため、終了させました。`,
    lostNothing,
    fresh ? `${again}エージェントは改めて起動されます。` : `${again}会話は中断したところから再開します。`,
  ],
  'cli.notUnderstood': ({ name }) => [
    `${name} の応答を、このバージョンのアプリは理解できません。`,
    lostNothing,
    `Quarterdeck を更新してください。それまでは ${name} の以前のバージョンをお使いください。`,
  ],
  'cli.silent': ({ name, minutes }) => [
    `${name} から ${minutes} 分間応答がなかったため、終了させました。`,
    lostNothing,
    network,
  ],
  'cli.folderGone': ({ path }) => [
    `このセッションのフォルダーを開けません：${path}`,
    lostNothing,
    `フォルダー（またはその権限）を元に戻して${again}あるいは別のフォルダーでセッションを始めてください。`,
  ],
  'cli.lineTooLong': ({ name, megabytes }) => [
    `${name} が ${megabytes} MB を超える行を出力したため、終了させました。`,
    workStands,
    '「続けて」などのメッセージを送ってください。ツールの結果が非常に大きい場合は、一度に求める量を減らしてください。',
  ],
  'cli.rateLimited': ({ plan, at }) => [
    `${plan ? 'プランまたはアカウントの利用上限に達しました。' : 'モデルの提供元がリクエスト数を制限しています。'}${at ? `${moment(at)} にリセットされます。` : ''}`,
    workStands,
    at ? `その後に${again}` : `数分待ってから、${again}`,
  ],
  'cli.modelUnknown': [
    'このセッションで選ばれているモデルは存在しないか、お使いのアカウントでは利用できません。',
    lostNothing,
    `このセッションに別のモデルを選んで、${again}`,
  ],
  'cli.contextFull': [
    '会話がモデルには長すぎます。',
    workStands,
    `/compact を送って前半を要約させるか、新しいセッションを始めて、${again}`,
  ],
  'cli.apiFailed': ({ status }) => [
    status === 0
      ? 'モデルの提供元に接続できないか、応答がありませんでした。'
      : status === 529 || status === 503
        ? `モデルの提供元が過負荷になっています（${status}）。`
        : `モデルの提供元がエラーを返しました（${status}）。`,
    workStands,
    status === 0
      ? network
      : status === 529 || status === 503
        ? `1 分待って${again}あるいは別のモデルを選んでください。`
        : `少し待って${again}下の詳細は提供元の文言です。`,
  ],
  'cli.turnFailed': ({ name }) => [`${name} はエラーでターンを終了しました。`, workStands, `${below}その後、${again}`],

  'claude.notItsProtocol': ({ end }) => [
    `Claude Code が規定外の出力をしたため、終了しました（「${end}」）。`,
    lostNothing,
    'ターミナルで「claude --version」を実行してください。見つかったプログラムが別物か、インストールが壊れている可能性があります。',
  ],
  'claude.notSignedIn': ({ command }) => [
    'Claude Code にサインインしていないか、サインインが無効になっています。',
    lostNothing,
    `ターミナルで「${command}」を実行するか、設定に API キーを保存して（または ANTHROPIC_API_KEY を直して）、${again}`,
  ],
  'claude.tooManySteps': ['ターンが許可された手順数を超えたため、Claude Code が停止しました。', workStands, goOn],
  'claude.attachmentRefused': [
    'モデルの提供元がメッセージを受け付けませんでした。含まれる画像やファイル、または全体が大きすぎます。',
    lostNothing,
    '画像やファイルを小さくして送り直すか、エージェントにフォルダーからファイルを読ませてください。',
  ],
  'claude.noCredit': [
    'モデルの提供元のアカウントに残高がないか、支払いが済んでいません。',
    workStands,
    `アカウントで解決するか（API キーの場合は console.anthropic.com）、別のアカウントでサインインして、${again}`,
  ],
  'claude.accountRefused': ({ command }) => [
    'Claude Code がサインインしているアカウントは、この用途に使えません。',
    lostNothing,
    `${below}別のアカウントでサインインするか（ターミナルで「${command}」）、設定に API キーを保存して、${again}`,
  ],

  'codex.notItsProtocol': ({ how }) => [
    `Codex が規定外の出力をして終了しました（${how}）。`,
    lostNothing,
    'ターミナルで「codex --version」を実行してください。見つかったプログラムが別物か、インストールが壊れている可能性があります。',
  ],
  'codex.keyRefused': ({ command }) => [
    'Codex は、このアプリに保存された API キーを受け付けませんでした。',
    lostNothing,
    `設定でキーを直すか削除して（削除すると「${command}」のサインインが使われます）、${again}`,
  ],
  'codex.silent': ({ minutes }) => [
    `Codex から ${minutes} 分間応答がなかったため、待つのをやめました。`,
    lostNothing,
    network,
  ],
  'codex.notSignedIn': ({ command }) => [
    'Codex にサインインしていないか、サインインが無効になっています。',
    lostNothing,
    `ターミナルで「${command}」を実行して（またはモデルの提供元の API キーを直して）、${again}`,
  ],
  'codex.cutShort': ['モデルは完了する前に回答を終えました。', workStands, goOn],
  'codex.sandboxFailed': [
    'Codex のサンドボックスを使えませんでした。',
    workStands,
    `${below}ターミナルの「codex doctor」で詳しく分かります。フルアクセスではサンドボックスを使いません。`,
  ],
  'codex.requestRefused': ['Codex はメッセージを受け付けませんでした。', lostNothing, `${below}その後、${again}`],
  'codex.openElsewhere': [
    'この会話は、Codex を実行している別のプログラムで開かれています。',
    lostNothing,
    `そちらの Codex を終了して${again}あるいはこのセッションを分岐して並行して続けてください。`,
  ],

  'gemini.settingsNotWritten': ({ name, folder, code }) => [
    `${name} は起動されませんでした。このアプリから渡す設定を ${folder} に書き込めませんでした（${code}）。`,
    lostNothing,
    `ディスクに空きを作るか、フォルダーを書き込み可能に戻して、${again}`,
  ],

  'acp.notFound': (p) => [
    `このコンピューターに ${p.name} が見つかりませんでした。`,
    lostNothing,
    `${install(p)}その後、${again}`,
  ],
  'acp.notUsable': (p) => [
    `${p.name} を起動できませんでした：${p.path}（${why(p.errno)}）。`,
    lostNothing,
    p.errno === 'EACCES' ? `${chmod(p.path)}、${again}` : `${install(p)}その後、${again}`,
  ],
  'acp.notItsProtocol': (p) => [
    `${p.name} が Agent Client Protocol ではない出力をして終了しました（${p.how}）。`,
    lostNothing,
    `コマンドを確認してください。別のプログラムか、プロトコルを話すためのオプションが必要な可能性があります。${tryIt(p)}`,
  ],
  'acp.ended': (p) =>
    p.understood
      ? [
          `${p.name} が作業の途中で終了しました（${p.how}）。`,
          workStands,
          '「続けて」などのメッセージを送ってください。エージェントは改めて起動されます。',
        ]
      : [`${p.name} がすぐに終了しました（${p.how}）。`, lostNothing, `${below}${tryIt(p)}`],
  'acp.notUnderstood': (p) => [
    `${p.name} の応答を、このバージョンのアプリは理解できません。`,
    lostNothing,
    `コマンドが Agent Client Protocol（バージョン 1）に対応しているか確認するか、Quarterdeck を更新してください。${tryIt(p)}`,
  ],
  'acp.noHandshake': (p) => [
    `${p.name} は起動しましたが、${p.seconds} 秒たっても準備ができませんでした。`,
    lostNothing,
    `${again}変わらない場合は、何を待っているかをご確認ください。${tryIt(p)}`,
  ],
  'acp.notSignedIn': (p) => [
    `${p.name} にサインインしていないか、サインインが無効になっています。`,
    lostNothing,
    `${signIn(p)}その後、${again}`,
  ],
  'acp.rateLimited': [
    'モデルの提供元がリクエスト数を制限しているか、プランを使い切りました。',
    workStands,
    `数分待って${again}あるいは別のモデルを選んでください。`,
  ],
  'acp.apiFailed': ({ status }) => [
    `モデルの提供元がエラーを返したか（${status}）、接続が切れました。`,
    workStands,
    `少し待って${again}下の詳細は提供元の文言です。`,
  ],
  'acp.emptyAnswer': ({ name }) => [
    `${name} は回答せずにターンを終えました。`,
    'モデルが断ったか、長さの上限に達したか、回答が途中で失われました。どれなのかエージェントは伝えていません。',
    `${again}変わらない場合は、言い換えるか、一度に求める量を減らすか、別のモデルを選んでください。`,
  ],
  'acp.refused': ({ name }) => [
    `${name} は、これを続けることを断りました。`,
    'ここまでに書かれた内容は保存されています。次のターンでエージェントはこのメッセージを考慮しません。',
    '言い換えるか、断られた可能性のある部分を省いてください。',
  ],
  'acp.tooLong': ({ name }) => [
    `回答または会話全体がモデルの長さの上限に達したため、${name} が停止しました。`,
    workStands,
    '「続けて」などのメッセージを送ってください。同じように終わる場合は、新しいセッションを始めてください。このセッションは満杯です。',
  ],
  'acp.contextFull': ({ name }) => [
    `この会話は、もう ${name} のモデルに収まりません。`,
    workStands,
    'エージェントに整理用のコマンド（/compact など）があればそれで空きを作るか、コンテキストの大きいモデルを選ぶか、新しいセッションで続けてください。',
  ],
  'acp.tooManySteps': ({ name }) => [
    `${name} が自分で停止しました。ターンが許可された手順数を超えたか、同じことを繰り返しました。`,
    workStands,
    '「続けて」などのメッセージを送るか、やり方をどう変えるべきか伝えてください。',
  ],
  'acp.modeImpossible': ({ name, mode, why: reason }) => [
    `${name} は、選ばれた権限モード（${mode}）では動作できません（「${reason}」）。`,
    'メッセージは保存されています。エージェントがモードの許す範囲を超える可能性があるため、何も実行されていません。',
    `このセッションに別の権限モードを選んで、${again}`,
  ],

  'guide.defect': [
    '内蔵ガイド自身に不具合が起きました。',
    'このターンは途中で終わりました。それまでに行われた内容は上にあります。',
    'もう一度、または言い換えてお試しください。また起きるようなら、下の詳細を添えてご報告ください。',
  ],
  'guide.folderGone': ({ path }) => [
    `このセッションのフォルダーを開けません：${path}`,
    'メッセージとここまでの内容は保存されています。何も行われていません。',
    `フォルダー（またはその権限）を元に戻して${again}あるいは別のフォルダーでセッションを始めてください。`,
  ],
  'guide.failed': [
    'ご依頼どおり、内蔵ガイドはエラーでこのターンを終了しました。',
    '何も変更されていません。エラーの前の内容は保存されています。',
    '続けるには、別のメッセージを送ってください。',
  ],

  'hint.noAnswer': ({ name, path, why: words, variable }) => [
    `${path} は ${name} として応答しません（「${words}」）。`,
    '',
    `${name} をインストールし直すか、${variable} に正しいプログラムを設定してください。`,
  ],
  'hint.tooOld': ({ name, version, oldest }) => [
    `${name} ${version} は、このアプリが対応する最も古いバージョン ${oldest} より古いものです。`,
    '',
    '更新してください。',
  ],
  'hint.notSignedIn': ({ name }) => [
    `${name} はインストールされていますが、サインインしていません。`,
    '',
    'ターミナルでサインインするか、設定に API キーを保存してください。',
  ],
  'hint.noCredential': (p) => [`${p.name} はインストールされていますが、認証情報がありません。`, '', signIn(p)],
  'hint.lookFailed': ({ name, why: words }) => [
    `${name} の検索に失敗しました（「${words}」）。`,
    '',
    'もう一度検索してください。変わらない場合はご報告ください。',
  ],
  'next.pressInstall': [`「インストール」を押すか下のコマンドを実行して、${search}`],
  'next.reinstall': ({ name, path, errno, variable }) => [
    errno === 'EACCES'
      ? `${chmod(path)}、または ${name} をインストールし直して、${search}`
      : `${name} をインストールし直すか ${variable} を直して、${search}`,
  ],
  'next.agentCommand': (p) => [p.errno === 'EACCES' ? `${chmod(p.path)}、${search}` : `${install(p)}その後、${search}`],

  'check.notStarted': ({ name }) => [`${name} を起動できませんでした。`],
  'check.noSession': ({ name }) => [`${name} は起動しましたが、セッションを開きません。`],
  'next.installAgent': (p) => [install(p)],
  'next.signInAgent': (p) => [`${signIn(p)}その前に追加しておくこともできます。`],
  'next.protocolOption': (p) => [
    `コマンドが Agent Client Protocol に対応しているか確認してください。多くのプログラムでは「acp」や「--acp」などのオプションが必要です。${tryIt(p)}`,
  ],
  'next.lookAtOutput': (p) => [`出力された内容をご確認ください。${tryIt(p)}`],

  'agents.noFolder': ({ name, folder }) => [
    `${name} は起動されませんでした。${folder} に空のフォルダーを作成できませんでした。`,
    '',
    'ディスクに空きを作るか、そのフォルダーを書き込み可能にして、もう一度お試しください。エージェントはその前に追加しておくこともできます。',
  ],
  'agents.gone': ['そのエージェントはないか、すでになくなっています。', unchanged, '一覧をもう一度ご確認ください。'],
  'agents.nameTaken': ({ id }) => [
    `「${id}」という名前は、アプリに付属するエージェントのものです。`,
    unchanged,
    '別の名前を選んでください。',
  ],
  'keys.notTaken': ({ name }) => [
    `${name} はアプリから API キーを受け取りません。`,
    '何も保存されていません。',
    'ターミナルでサインインしてください。',
  ],
  'keys.notAKey': ({ name }) => [
    `これは ${name} の API キーではありません。キーにはない空白、改行、または文字が含まれています。`,
    '何も保存されていません。',
    'キーだけを、もう一度コピーしてください。',
  ],
  'keys.none': ['このエージェントの API キーは保存されていないか、すでに削除されています。', unchanged, lookAgain],
  'keys.notHere': ({ box }) => [
    box === 'keychain'
      ? 'この提供元の API キーはアプリのウィンドウからシステムのキーチェーンに保存されており、ここからは開けません。'
      : `この提供元の API キーは、別のバージョンの Quarterdeck が保存したものです（${box}）。`,
    '保存されたままですが、ここでは CLI に渡されません。',
    'ウィンドウ付きの Quarterdeck を使うか、ここで API キーを保存し直してください。',
  ],
  'keys.unreadable': ({ reason, path }) => [
    `保存された API キーを読み込めません。${reason === 'gone' ? `キーファイル ${path} がありません。` : reason === 'damaged' ? '壊れています。' : `${path} とは別の鍵で保護されたか、壊れています。`}`,
    'そのまま残っていますが、CLI には渡されません。',
    'キーファイルを元に戻すか、API キーを保存し直してください。',
  ],
  'keys.keychainRefused': ({ how }) => [
    how === 'not_taken'
      ? 'システムのキーチェーンが API キーを受け付けませんでした。'
      : how === 'other'
        ? 'システムのキーチェーンが API キー以外のものを返しました。'
        : 'システムのキーチェーンが API キーを返しませんでした。',
    '保存されたものはそのままですが、CLI にキーは渡されません。',
    'キーチェーンのロックを解除してもう一度試すか、API キーを保存し直してください。',
  ],
  'keys.file': ({ path, what }) => [
    `保存された API キーを保護するファイル ${path} に問題があります：${{ unreadable: '読み込めません', link: 'リンクです', no_file: 'ファイルではありません', foreign: '別のユーザーのものです', no_key: '鍵が入っていません', unwritable: '書き込めませんでした' }[what] ?? what}。`,
    '解決するまで、保存された API キーは使えません。何も削除されていません。',
    'ファイルを元の状態（0600、あなたの所有）に戻してください。失われた場合は、削除して API キーを保存し直してください。',
  ],
  'install.notOnNpm': ({ name }) => [
    `${name} はここからインストールできません。npm で配布されていません。`,
    unchanged,
    `ドキュメントに従ってインストールし、${search}`,
  ],
  'install.noJob': [
    'その処理はありません。残るのは直近のものだけで、再起動後は残りません。',
    unchanged,
    'インストール済みのものはエージェントの一覧で確認できます。',
  ],
  'signIn.noCommand': ({ name }) => [
    `${name} にはサインイン用のコマンドがありません。`,
    unchanged,
    `ドキュメントに従ってサインインし、${search}`,
  ],
  'terminal.none': ({ command }) => [
    'このコンピューターにターミナルが見つかりませんでした。',
    '何も実行されていません。',
    `ご自身でターミナルを開いて実行してください：${command}`,
  ],
  'terminal.noScript': ({ file, command }) => [
    `ターミナルで実行する ${file} を書き込めませんでした。`,
    '何も実行されていません。',
    `ご自身でターミナルを開いて実行してください：${command}`,
  ],
  'terminal.noScreen': ({ command }) => [
    'ターミナルを開けるのはウィンドウ付きのアプリだけです。このアプリにはウィンドウがありません。',
    '何も実行されていません。',
    `Quarterdeck が動いているコンピューターのターミナルで実行してください：${command}`,
  ],
};
