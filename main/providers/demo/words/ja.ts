import type { GuideWords } from './index.ts';

const answered = (message: string): string => (message ? `ご回答：「${message}」` : '');

const introduction =
  '私は **Quarterdeck の内蔵ガイド**です。言語モデルではなく小さなプログラムで、いくつかの簡単なコマンドだけを理解します。' +
  'ただし、行うことは本物です。ファイルもコマンドも許可の確認も、このフォルダーのものです。';

const commandTable = `| 入力 | 行うこと |
| --- | --- |
| \`list\`、\`list フォルダー\` | フォルダーの中身を表示します |
| \`read ファイル\` | ファイルを開きます |
| \`search テキスト\` | すべてのファイルからテキストを探します |
| \`write ファイル: テキスト\` | ファイルを作成または置換します（先に確認します） |
| \`edit ファイル: replace A with B\` | ファイルを変更します（先に確認します） |
| \`delete ファイル\` | ファイルを削除します（先に確認します） |
| \`run コマンド\` | このフォルダーでコマンドを実行します（先に確認します） |
| \`plan\`、\`think\`、\`ask me\` | 計画、思考の過程、選択肢のある質問を表示します |
| \`count to 50 slowly\` | **停止**を押したり、メッセージを待機させたりする時間を作ります |
| \`big output\`、\`fail\` | とても長い出力と、エラーの見え方を表示します |
| メッセージに添付した画像やファイル | 何が届いたかを伝えます |
| \`tour\` | これらを順に案内します |`;

export const ja: GuideWords = {
  help: `${introduction}\n\n${commandTable}\n\n本物のエージェントと作業するには、セッションを開くときに別のエージェントを選んでください。`,
  hello: `こんにちは。${introduction}\n\n\`tour\` と入力するとアプリの各部分の動きを、\`help\` と入力すると理解できるものすべてをご覧いただけます。`,
  told: (characters) =>
    `このセッションのこれまでの内容がガイドに伝えられました（${characters} 文字）。ガイドは何も記憶せず、利用もしません。本物のエージェントなら利用します。`,
  unknown: (words) =>
    `「${words}」は理解できません。${introduction}\n\n理解できるのは次のとおりです。\n\n${commandTable}`,
  incomplete: (verb, usage) => `「${verb}」には続きが必要です。次のように入力してください：\`${usage}\``,
  whereabouts: (resumed) =>
    `${
      resumed
        ? 'このセッションは以前と同じ ID で再開されました。アプリが再起動されたか、その間ガイドが休止していました。'
        : 'このセッションは、アプリの起動からずっとここにあります。'
    }話した内容は記憶していません。どのコマンドもそれだけで完結するので、必要がないためです。上の会話は Quarterdeck がこのマシンのログに保存しており、ファイルも元の場所にあります。`,
  usages: {
    read: 'read ファイル',
    search: 'search テキスト',
    write: 'write ファイル: テキスト',
    edit: 'edit ファイル: replace A with B',
    delete: 'delete ファイル',
    run: 'run コマンド',
  },
  bytes: (count) => `${count} バイト`,

  wouldDo: (steps) =>
    `このセッションは**計画モード**のため、何も変更せず、何も実行しません。行うとすれば次のとおりです。\n\n${steps}\n\n実行するには、モードを切り替えてからもう一度入力してください。`,
  planSteps: ['計画とは何かを説明する', 'この手順に印を付ける', '終える'],
  planBegins:
    '時間のかかる作業では、エージェントはまず手順を書き出します。手順は常に更新される一覧として表示されます。',
  planEnds: 'すべての手順が終わりました。本物のエージェントなら、その間に作業をしていたはずです。',

  thinking: (about) =>
    `${about ? `${about}について` : ''}考えるよう求められています。正直に言うと、できません。台本どおりに動くだけです。このブロックは、エージェントの思考が表示される場所です。終わると折りたたまれ、ログに残ります。`,
  thought: (about) =>
    `${about ? `${about} についても、ほかの何についても、` : ''}本当に考えているわけではありません。上のブロックを開くと、エージェントの思考が表示される場所が分かります。`,

  askThought: 'エージェントが判断を仰ぐときと同じように、これから質問をします。',
  askQuestion: 'どれについて詳しく知りたいですか？',
  askHeader: 'テーマ',
  topics: [
    {
      label: '許可',
      description: '確認なしで実行できるもの',
      told: '**許可**：「確認する」モードでは、すべての変更とコマンドがあなたの回答を待ちます。「編集を許可」はフォルダー内のファイルの変更を認め、「計画のみ」は何も変更せず、「フルアクセス」は確認しません。要求は、再起動をまたいでも、必要なだけ待ちます。',
    },
    {
      label: 'ログ',
      description: '何がどこに保存されるか',
      told: '**ログ**：メッセージ、ツールの呼び出し、回答は、それぞれこのマシンのデータベースに記録されます。各記録は前の記録とつながっているため、1 バイトの改変でも分かります。`quarterdeck verify` で検証できます。',
    },
    {
      label: 'ほかのデバイス',
      description: '別の画面で続ける',
      told: '**ほかのデバイス**：ターンはウィンドウではなくセッションに属します。ウィンドウを閉じて別の場所で開いても、その間の内容がそのまま届きます。',
    },
  ],
  notChosen: (message) => `選択されませんでした。それでも問題ありません。${answered(message)}`,
  notAnswered: '未回答です。',
  otherTopic: (answer, topics) =>
    `回答：${answer || '`なし`'}。それについてお話しできることはありません。テーマは${topics.join('、')}です。`,

  failing: 'ご希望どおり、このターンはまもなくエラーで終わります。',

  linesThought: (lines) => `長い出力の見え方をお見せするため、これから ${lines} 行を出力します。`,
  linesTitle: (lines) => `${lines} 行`,
  linesDone: (lines) =>
    `以上、${lines} 行でした。長い出力は折りたたまれます。とても長い場合は途中が省かれ、その量がカードに表示されます。`,

  thisFolder: 'このフォルダー',
  listThought: (name) => `これから${name ?? 'このセッションのフォルダー'}の中身を一覧にします。何も変更しません。`,
  andMore: (count) => `… ほか ${count} 件`,
  andMoreAbove: (count) => `… ほか ${count} 件（一覧は上のカードにあります）`,
  kinds: { link: 'リンク', other: 'その他' },
  nothingIn: (where) =>
    `${where}にはまだ何もありません。何か入れるには \`write hello.txt: こんにちは\` と入力してください。`,
  holds: (where, folders, files) => `${where}には**フォルダー ${folders} 個**と**ファイル ${files} 個**があります。`,
  readHint: (path) => `開くには \`read ${path}\` と入力してください。`,

  readThought: (name) => `これから ${name} を読みます。何も変更しません。`,
  empty: (name) => `${name} は空です。`,
  hasLines: (name, lines, size) => `${name} は ${lines} 行です（${size}）。`,
  isCut: (name, size, read) => `${name} は ${size}です。先頭の ${read}を読みました。`,
  says: '内容は次のとおりです。',
  begins: '先頭は次のとおりです。',
  inAll: (size) => `（全体で ${size}）`,

  searchThought: (text, name) =>
    `これから${name ?? 'このフォルダー'}のファイルから「${text}」を探します。何も変更しません。`,
  searched: (files, complete) =>
    `${files} 個のファイルを調べました${complete ? '' : '。量が多いため、そこで止めました'}。`,
  nowhere: (text, where, searched) =>
    `「${text}」は${where}のどこにもありません。${searched}（\`.git\`、\`node_modules\`、テキストでないファイルは対象外です。）`,
  found: (text, lines, files, searched) =>
    `「${text}」は **${files} 個のファイル**の **${lines} 行**にあります。${searched}`,
  restAbove: '残りは上のカードにあります。',
  noMatch: '一致するものはありません。',

  showDifference: '正確な差分を表示する',
  makeChange: '変更を行う',
  aboutTo: (step) => `これから行うこと：${step}。`,
  writeStep: (characters, name) => `${name} に ${characters} 文字を書き込む`,
  editStep: (from, to, name) => `${name} の「${from}」を「${to}」に置き換える`,
  deleteStep: (name) => `${name} を削除する`,
  consentToChange: 'ガイドは、あなたの同意がある場合にのみファイルを変更します。',
  consentToRun: 'ガイドは、あなたの同意がある場合にのみコマンドを実行します。',
  notAllowed: '許可されませんでした。',
  leftAlone: (name, message) => `許可されなかったため、${name} には手を付けていません。${answered(message)}`,
  leftAlonePlan: (name) => `セッションが計画モードに切り替えられたため、${name} には手を付けていません。`,
  switchedToPlan: 'セッションが計画モードに切り替えられました。',
  created: (name, added) => `${name} を作成しました（${added} 行追加）。`,
  replaced: (name, added, removed) =>
    `${name} の内容を置き換えました（${added} 行追加${removed > 0 ? `、${removed} 行削除` : ''}）。`,
  edited: (name, added, removed) => `${name} を変更しました（${added} 行追加、${removed} 行削除）。`,
  deleted: (name, lines) => `${name} を削除しました（${lines} 行）。`,
  defaultText: 'Quarterdeck の内蔵ガイドが書きました。\n',

  runStep: (command) => `このフォルダーで ${command} を実行する`,
  showOutput: '出力と終わり方を表示する',
  runThought:
    'これからこのフォルダーでコマンドを実行します。ここであなたにできることは何でもできるので、先に内容をご確認ください。',
  notRun: (command, message) => `許可されなかったため、${command} は実行していません。${answered(message)}`,
  notRunPlan: (command) => `セッションが計画モードに切り替えられたため、${command} は実行していません。`,
  couldNotRun: (command, why) => `${command} を実行できませんでした。${why}`,
  endedWell: (command) => `${command} は正常に終了しました（終了コード 0）。`,
  endedWith: (command, code) => `${command} は**終了コード ${code}** で終了しました。`,
  endedBy: (command, signal) => `${command} はシグナル ${signal} により終了しました。`,
  saidNothing: '出力はありませんでした。',
  lastWords: '出力の末尾：',
  notStarted: (code) =>
    code === 'ENOENT'
      ? 'このセッションのフォルダー、またはシェルがもうありません。'
      : code === 'EACCES'
        ? 'このユーザーはこのセッションのフォルダーに入れません。'
        : code === 'E2BIG'
          ? 'このシステムには長すぎます。'
          : `システムが起動を拒否しました（${code}）。`,

  pixels: (width, height) => `${width} × ${height} ピクセル`,
  picture: '画像',
  notText: 'テキストではありません',
  textOf: (lines, more) => `テキスト、${lines} 行${more ? '以上' : ''}`,
  cannotOpen: (why) => `開けません（${why}）`,
  attached: (files, rows) =>
    `メッセージと一緒に ${files} 個のファイルが届きました。\n\n| 名前 | 種類 | サイズ | 分かること |\n| --- | --- | --- | --- |\n${rows}\n\n言語モデルではないため、画像を見ることはできません。本物のエージェントには同じファイルが渡されます。`,

  goalStep: (step, of) => `手順 ${step}/${of}`,
  goalUnknown: (place, step) =>
    `${place} は「${step}」です。内蔵ガイドは言語モデルではないため、目標の各行はガイドが理解できるものでなければなりません（例：「write a.txt: テキスト」「run ls」）。`,
  goalRefused: (place, step) => `${place}「${step}」は許可されませんでした。`,
  goalDone: (steps) => (steps === 1 ? '手順が終わりました。' : `${steps} 件の手順がすべて終わりました。`),

  tour: {
    thought: 'これからアプリをご案内します。下の計画で、今どこにいるかが分かります。どの手順も実際に行われます。',
    welcome: (steps) =>
      `ようこそ。このツアーには ${steps} の手順があります。何かを変更または実行するときは先に確認しますので、カードを見て、お好きなように回答してください。**Esc** でいつでも停止できます。`,
    look: 'フォルダーを見る',
    ask: '質問をする',
    write: (file) => `${file} を書く`,
    change: 'その中の 1 語を変える',
    search: 'その語を検索する',
    run: 'コマンドを実行する',
    delete: (file) => `${file} を削除する`,
    notNow: (step) => `*${step}*：このセッションは計画モードのため、今は行いません。`,
    end: '以上でツアーは終わりです。思考、計画、ツールのカード、質問、許可の確認、差分、コマンドの出力をご覧いただきました。次はご自分でお試しください。`help` で理解できるコマンドの一覧を表示します。本物のエージェントは「新しいセッション」から始められます。',
    file: '# ツアーのファイル\n\n今日の天気は上々です。\n',
    from: '上々',
    to: '最高',
    hello: '本物のコマンドからこんにちは',
  },

  refusals: {
    control: 'このパスには制御文字が含まれています。そのようなファイルには触れません。',
    long: 'このパスは長すぎます。',
    device: (name) => `「${name}」はファイルではなくデバイスの名前です。`,
    outside: (name, root) =>
      `「${name}」はこのセッションのフォルダー（${root}）の外にあります。フォルダーの中のものだけを扱います。`,
    missing: (name) => `このフォルダーに「${name}」はありません。`,
    denied: (name) => `「${name}」を開けません。このユーザーにはアクセス権がありません。`,
    forbidden: (name) => `システムが「${name}」への操作を許可していません。`,
    folder: (name) => `「${name}」はファイルではなくフォルダーです。`,
    folderToList: (name) => `「${name}」はフォルダーです。中身を見るには \`list ${name}\` と入力してください。`,
    partIsFile: (name) => `「${name}」の途中に、フォルダーではなくファイルがあります。`,
    diskFull: (name) =>
      `ディスクの空きがないため、「${name}」は変更されていません。空きを作ってから、もう一度入力してください。`,
    readOnly: (name) => `「${name}」は読み取り専用のディスクにあるため、変更されていません。`,
    loop: (name) => `「${name}」は循環しているリンクです。`,
    nameTooLong: (name) => `「${name}」という名前は、このディスクには長すぎます。`,
    busy: (name) => `別のプログラムが「${name}」を開いています。`,
    refused: (name, code) => `システムが「${name}」を拒否しました（${code}）。`,
    notRegular: (name) => `「${name}」は通常のファイルではありません。`,
    notText: (name) => `「${name}」はテキストファイルではありません。`,
    nothingToShow: (name) => `「${name}」はテキストファイルではないため、表示できるものがありません。`,
    tooLarge: (name, size) => `「${name}」は大きすぎて変更できません（${size}）。`,
    changedMeanwhile: (name) =>
      `「${name}」はその間にほかから変更されたため、手を付けていません。新しい差分を見るには、もう一度入力してください。`,
    saysThat: (name) => `「${name}」はすでにその内容です。変更するものはありません。`,
    notContained: (name, text) => `「${name}」に「${text}」は含まれていないため、置き換えるものがありません。`,
    same: '2 つのテキストは同じです。変更するものはありません。',
  },

  commands: {
    help: ['ガイドが理解できるものすべて'],
    tour: ['アプリの各部分を案内'],
    list: ['フォルダーの中身を表示', '[フォルダー]'],
    read: ['ファイルを開く', 'ファイル'],
    search: ['すべてのファイルからテキストを検索', 'テキスト'],
    write: ['ファイルを作成または置換（先に確認）', 'ファイル: テキスト'],
    edit: ['ファイルを変更（先に確認）', 'ファイル: replace A with B'],
    delete: ['ファイルを削除（先に確認）', 'ファイル'],
    run: ['このフォルダーでコマンドを実行（先に確認）', 'コマンド'],
    plan: ['順に印が付く計画を表示'],
    think: ['思考が表示される場所を表示', '[テーマ]'],
    ask: ['選択肢のある質問をする'],
    count: ['停止やメッセージの待機を試す時間を作る', '[to 50 slowly]'],
  },
};
