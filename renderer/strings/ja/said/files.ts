import type { FileSentences } from '../../../../main/protocol/sentences/files.ts';
import type { SaidOf } from '../../said.ts';

const noSession = 'そこではセッションは開かれませんでした。何も変わっていません。';
const notKept = 'ファイルは保存されませんでした。';
const notAttached = 'ファイルは添付されませんでした。';
const attachAgain = 'ファイルをもう一度添付してください。';
const sendAgain = 'もう一度送信してください。';
const full = 'Quarterdeck のフォルダーがあるディスクがいっぱいです。';
const makeRoom = '空きを作ってから、もう一度お試しください。';
const doctor = '理由を調べるには「quarterdeck doctor」を実行してください。';
const notRead = '何も読み込まれていません。';
const storedSafe = '新しい内容は保存できません。それまでに保存された内容は無事です。';
const wait = '終わるのを待ってから、もう一度お試しください。';
const busy = 'アップロードが多すぎます。';
const otherFolder = 'あるいは別のフォルダーを選んでください。';
const listAgain = '一覧が変わった可能性があります。もう一度ご確認ください。';
const anewPath = 'フォルダーを一覧から選ぶか、パスを入力し直してください。';
const stillHave = 'まだお持ちの場合は、ファイルを添付し直してください。';
const notStored = (code: string) => `ファイルを保存できませんでした${code ? `（${code}）` : ''}。`;

export const files: SaidOf<FileSentences> = {
  'storage.full': [
    full,
    storedSafe,
    '空きを作ってから、もう一度お試しください。届きつつある内容は、それまでメモリーに保持されます。',
  ],
  'storage.failed': [
    'データベースに書き込めませんでした。',
    storedSafe,
    '「quarterdeck doctor」を実行して理由を調べてから、もう一度お試しください。',
  ],
  'database.recovered': ({ damaged, backup, file }) => [
    damaged ? 'データベースが壊れていました。' : 'データベースがありませんでした。',
    backup
      ? `${backup} UTC のバックアップを開きました。それ以降の内容はなく、API キーと権限は当時のものです。`
      : '完全なバックアップがなかったため、Quarterdeck は空のセッション一覧で始まります。',
    damaged
      ? `壊れたファイルは ${file} として新しいファイルの隣に残されています。SQLite の復旧ツールで読めることがよくあります。`
      : '移動した場合は、Quarterdeck を終了し、quarterdeck.db として元に戻してから起動してください。',
  ],
  'folder.notGiven': ['フォルダーが指定されていません。', noSession, 'フォルダーを選んでください。'],
  'folder.pathTooLong': ['フォルダーのパスが長すぎます。', noSession, anewPath],
  'folder.controlCharacters': ['フォルダーのパスに制御文字が含まれているため、使えません。', noSession, anewPath],
  'folder.notFullPath': ({ path }) => [
    `「${path}」は完全なパスではありません。`,
    noSession,
    '/（ホームフォルダーの場合は ~）から始まるパス全体を入力してください。',
  ],
  'folder.isFile': ({ path }) => [
    `${path} はフォルダーではなくファイルです。`,
    noSession,
    'それが入っているフォルダーを選んでください。',
  ],
  'folder.none': ({ path }) => [
    `フォルダー ${path} はありません。`,
    noSession,
    `綴りを確認するか、フォルダーを作成してください。${otherFolder}`,
  ],
  'folder.circle': ({ path }) => [
    `パス ${path} は循環するリンクです。`,
    noSession,
    `リンクを直してください。${otherFolder}`,
  ],
  'folder.notWritable': ({ path }) => [
    `フォルダー ${path} は読み取れますが、書き込めません。`,
    'そこではセッションは開かれませんでした。エージェントは何も変更できません。',
    `書き込みの権限を付けてください。${otherFolder}`,
  ],
  'folder.unreadable': ({ path }) => [
    `フォルダー ${path} を開けません。`,
    noSession,
    `読み取りの権限を付けてください。${otherFolder}`,
  ],
  'folder.noAnswer': ({ path }) => [
    `フォルダー ${path} から応答がありませんでした。`,
    noSession,
    'ネットワーク上や取り外し可能なディスクにある場合は、接続し直してからもう一度お試しください。',
  ],
  'files.changed': [
    '前の部分を読み込んだ後にファイルが変わりました。',
    'これまでに読み込んだ内容と、今の内容は一致しません。',
    'ファイルを最初から読み込み直してください。',
  ],
  'files.tooManyPieces': [
    '一度に多くのファイルの断片が要求されました。',
    'この断片は届きません。',
    '前の断片が届いてから次を要求してください。',
  ],
  'files.outside': [
    'このパスは、このアクセスで読み取れるフォルダー内のファイルを指していません。',
    notRead,
    'ご自分のセッションのフォルダー内のファイルか、アップロードしたファイルを指定してください。',
  ],
  'files.none': [
    'そのファイルはありません。',
    notRead,
    'パスを確認してください。フォルダーや特殊なファイルはダウンロードできません。',
  ],
  'files.noSession': ['そのセッションはありません。', notRead, 'セッションの一覧をご確認ください。'],
  'files.forbidden': [
    'システムが Quarterdeck にこのファイルの読み取りを許可しません。',
    notRead,
    'ファイルの権限を確認してください。',
  ],
  'files.noAttachment': ['このセッションにそのファイルはありません。', '表示できません。', stillHave],
  'files.attachmentGone': [
    'この添付ファイルは、もう Quarterdeck のフォルダーにありません。',
    '表示できません。',
    stillHave,
  ],
  'upload.notAForm': [
    'リクエストの本文が、ファイル付きのフォーム（multipart/form-data）ではありません。',
    notKept,
    'ファイルを「file」として送ってください（例：curl -F file=@photo.png）。',
  ],
  'upload.otherParts': [
    'フォームに「file」と、その後の任意の「caption」以外の部分があります。',
    notKept,
    '最初に「file」を、その後には「caption」だけを送ってください。',
  ],
  'upload.cutOff': ['ファイルの途中でアップロードが終わりました。', notKept, sendAgain],
  'upload.stalled': ['30 秒間、アップロードの続きが届きませんでした。', notKept, sendAgain],
  'upload.tooLarge': ({ mebibytes }) => [
    `ファイルが ${mebibytes} MiB を超えています。`,
    notKept,
    '小さいファイルを送るか、設定で上限を上げてください。',
  ],
  'upload.diskFull': [full, notKept, makeRoom],
  'upload.notStored': ({ code }) => [notStored(code), notKept, doctor],
  'upload.tooMany': [busy, notKept, wait],
  'upload.keyFull': [
    'このキーは、ここに保存できる量をすべてアップロードしました。',
    notKept,
    '不要なものを削除するか、自動的に削除されるのをお待ちください。',
  ],
  'upload.sameName': ['今日、この名前のファイルが多すぎます。', notKept, 'ファイルに別の名前を付けてください。'],
  'attach.unknownUpload': ['このアップロードは、ここではもう不明です。', notAttached, attachAgain],
  'attach.diskFull': [full, notAttached, makeRoom],
  'attach.notStored': ({ code }) => [notStored(code), notAttached, doctor],
  'attach.tooMany': [busy, notAttached, wait],
  'attach.keyFull': [
    'このキーは、送信せずにアップロードできる量の上限に達しました。',
    notAttached,
    'アップロードしたものをメッセージで送るか、明日もう一度お試しください。送信されないものは 1 日後に削除されます。',
  ],
  'attach.badPiece': ['ファイルの断片が base64 ではないか、大きすぎます。', notAttached, attachAgain],
  'attach.otherSize': ['ファイルのサイズが最初と違います。', notAttached, attachAgain],
  'attach.tooLong': ['ファイルが申告より長くなっています。', notAttached, attachAgain],
  'imports.off': [
    'ここでは CLI 自身の会話は読み込まれません。',
    'セッションは開かれませんでした。',
    '設定で読み込みを有効にしてください。',
  ],
  'imports.notOpened': ['その会話は保管庫にありません。', 'セッションは開かれませんでした。', listAgain],
  'imports.notShown': ['その会話は保管庫にありません。', '何も表示されません。', listAgain],
  'imports.vaultUnreadable': [
    'CLI の会話の保管庫を読み込めませんでした。',
    'ここのセッションと CLI 自身のファイルには影響ありません。',
    'Quarterdeck を起動し直してください。変わらない場合はログファイルをご確認ください（場所は設定に表示されます）。',
  ],
  'imports.vaultDamaged': ({ file }) => [
    'CLI の会話の保管庫が壊れていました。',
    'CLI 自身のファイルから作り直しています。ここのセッションには影響ありません。ファイルがなくなった会話は含まれません。',
    `壊れたファイルは ${file} として残されています。`,
  ],
  'kv.none': [
    'そのキーはないか、期限が切れています。',
    '何も読み込まれず、変更もされていません。',
    'このエージェントのキーの一覧をご確認ください。',
  ],
};
