import type { DoctorSentences } from '../../../../main/protocol/sentences/doctor.ts';
import type { SaidOf } from '../../said.ts';

const states: Record<string, string> = {
  not_found: '見つかりません',
  not_signed_in: 'サインインしていません',
  too_old: '古すぎます',
  broken: '壊れています',
};
const shell = (electron: string) => (electron ? `Electron ${electron}、` : '');

export const doctor: SaidOf<DoctorSentences> = {
  'doctor.runtime': ({ version, electron, node }) => [`バージョン ${version}、${shell(electron)}Node ${node}。`],
  'doctor.runtimeOld': ({ version, electron, node, needed }) => [
    `バージョン ${version}、${shell(electron)}Node ${node}。`,
    '',
    `Node ${needed} 以降が必要です。専用の Node を含む \`npm start\` で起動してください。`,
  ],
  'doctor.home': ({ home }) => [`${home} に書き込めます。`],
  'doctor.homeUnwritable': ({ home, code }) => [
    `${home} に書き込めません（${code}）。新しい内容は保存できません。`,
    '',
    'このユーザーがフォルダーに書き込めるようにするか、--home で別のフォルダーを選んでください。',
  ],
  'doctor.disk': ({ free }) => [`データフォルダーのディスクの空きは ${free} です。`],
  'doctor.diskLow': ({ free, home }) => [
    `データフォルダーのディスクの空きは ${free} です。`,
    '',
    `${home} のディスクに空きを作ってください。`,
  ],
  'doctor.diskUnknown': ({ code }) => [`空き容量を調べられませんでした（${code}）。`],
  'doctor.database': ({ size }) => [`正常です（${size}）。`],
  'doctor.databaseDamaged': ({ file, why }) => [
    `${file} が壊れています（「${why}」）。`,
    '',
    'Quarterdeck を終了して起動し直してください。壊れたファイルを脇に置き、最新のバックアップを開きます。',
  ],
  'doctor.databaseReadable': ({ file, size }) => [
    `正常ですが（${size}）、このコンピューターのほかのユーザーが ${file} を読めます。`,
    '',
    `権限を外してください：chmod 600 "${file}"`,
  ],
  'doctor.databaseUnchecked': ({ file, code }) => [
    `${file} を検査できませんでした（${code}）。`,
    '',
    'ファイルがあり、このユーザーのものか確認してください。',
  ],
  'doctor.gateway': ({ url }) => [`${url} で待ち受けています。`],
  'doctor.noGateway': ['待ち受けていません。このコマンドはアプリなしで単独で実行されました。'],
  'doctor.provider': ({ what, version, drift, account, own, path }) => [
    `${[
      { built_in: '内蔵されており、何も必要ありません', checking: 'まだ検索中です', ready: '使用できます' }[what] ??
        what,
      version &&
        `バージョン ${version}${drift ? `（このアプリで試したものより${drift === 'newer' ? '新しい' : '古い'}）` : ''}`,
      account,
      own && 'このアプリがインストール',
      path,
    ]
      .filter(Boolean)
      .join('、')}。`,
  ],
  'doctor.providerNotReady': ({ state }) => [`使用できません（${states[state] ?? state}）。`],
  'doctor.providersFailed': ({ code }) => [`エージェントを検索できませんでした（${code}）。`],
  'doctor.keys': ({ where, stored }) => [
    `${where === 'keychain' ? '新しいキーはシステムのキーチェーンに保存されます' : '新しいキーは暗号化され、このユーザーだけが読めるデータフォルダーのキーファイルで保護されます（ここにはシステムのキーチェーンがありません）'}。保存済み：${stored || 'なし'}。`,
  ],
  'doctor.keysBroken': ({ names }) => [
    `保存された API キーを読み込めません：${names}。`,
    '',
    'キーを保存し直すか、キーチェーンまたはキーファイルを読める状態に戻してください。',
  ],
  'doctor.understood': ['エージェントの発言はすべて理解できました。'],
  'doctor.notUnderstood': ({ count, who }) => [
    `${count} 種類のメッセージを理解できませんでした（${who}）。セッションの記録に残り、そのままの行として表示されます。`,
    '',
    'Quarterdeck の新しいバージョンがあるか確認してください。',
  ],
};
