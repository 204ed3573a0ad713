import type { DataSentences } from '../../../../main/protocol/sentences/data.ts';
import type { YesNo } from '../../../../main/protocol/sentences/plain.ts';
import type { SaidOf } from '../../said.ts';

const nothing = '何も変わっていません。';
const another = '別のファイルを選んでください。';
const next = (full: YesNo) =>
  full ? 'ディスクに空きを作ってから、もう一度お試しください。' : '詳細を確認してから、もう一度お試しください。';

export const data: SaidOf<DataSentences> = {
  'data.taskRunning': [
    '現在、データに対して別の処理を行っています。',
    nothing,
    '終わるのを待ってから、もう一度お試しください。',
  ],
  'data.noTask': ['その処理はないか、その後に別の処理が始まりました。', nothing, 'データの概要をご確認ください。'],
  'data.noBackup': [
    'そのバックアップはありません。',
    nothing,
    '一覧をもう一度確認するか、ファイルを絶対パスで指定してください。',
  ],
  'data.notAbsolute': [
    'アーカイブの場所は絶対パスで指定する必要があります。',
    '何も書き込まれていません。',
    'フォルダーか、まだ存在しないファイルを指定してください。',
  ],
  'data.unreadable': [
    'ファイルを読み取れません。',
    nothing,
    'ファイルがあり、ご自分のものかを確認してから、もう一度お試しください。',
  ],
  'data.noDatabase': [
    'このファイルは Quarterdeck のバックアップではありません。データベースではありません。',
    nothing,
    another,
  ],
  'data.foreign': [
    'このファイルは Quarterdeck のバックアップではありません。Quarterdeck が作らないものが含まれています。',
    nothing,
    'Quarterdeck が書き込んだファイルを選んでください。',
  ],
  'data.newer': [
    'このバックアップは新しいバージョンの Quarterdeck で作成されました。',
    nothing,
    'Quarterdeck を更新してから復元してください。',
  ],
  'data.damaged': [
    'このバックアップは壊れています。',
    nothing,
    '別のものを選んでください。一覧にあるものは作成時に検査されています。',
  ],
  'data.altered': [
    'このバックアップの記録は改変されています。ハッシュと一致しません。',
    nothing,
    '別のバックアップを選んでください。どのセッションかは詳細にあります。',
  ],
  'data.backupFailed': ({ full }) => [
    'バックアップを作成できませんでした。',
    '新しいバックアップはありません。以前のものはそのままです。',
    next(full),
  ],
  'data.lookFailed': ({ full }) => ['バックアップの中身を確認できませんでした。', nothing, next(full)],
  'data.restoreFailed': ({ full }) => [
    'バックアップをコピーできませんでした。',
    '何も変わっていません。復元は行われません。',
    next(full),
  ],
  'data.exportFailed': ({ full }) => [
    'アーカイブを書き込めませんでした。',
    'アーカイブはありません。セッションはそのままです。',
    next(full),
  ],
  'data.retentionFailed': ({ full }) => [
    'アーカイブしたセッションを削除できませんでした。',
    '削除されなかったものはそのままです。',
    next(full),
  ],
  'data.copyAltered': ({ detail }) => [`記録がハッシュと一致しません（${detail}）。`],
  'data.copyForeign': ({ detail }) => [`データベースに、このアプリのものではない部分があります（${detail}）。`],
  'data.notRestored': ({ name }) => [
    `バックアップ ${name} を復元できませんでした。`,
    '何も変わっていません。すべて以前のままです。',
    '詳細を確認してから、設定 > データでもう一度選んでください。',
  ],
  'data.restored': ({ made, name, before, aside, lost }) => [
    `${made && `${made} UTC の`}バックアップを復元しました（${name}）。`,
    `${
      before === ''
        ? '以前は何もありませんでした。'
        : aside
          ? `以前ここにあった壊れたファイルは ${before} として残されています。`
          : `以前ここにあったものは ${before} としてバックアップの一覧に残っています。`
    }${lost === 0 ? '' : `メッセージの ${lost} 個のファイルがありません。送信された内容はこのディスクのどこにもありません。`}キー、デバイス、サインイン、継続する許可は復元前のままです。`,
    '元に戻すには、設定 > データでその写しを復元してください。アーカイブしたセッションは、そこで有効にするまで自動的には削除されません。',
  ],
};
