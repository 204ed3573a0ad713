import type { agentStrings as english } from '../en/agents.ts';
import type { Translation } from '../languages.ts';

/** コマンドラインで追加するエージェントについての文。 */
export const agentStrings: Translation<typeof english> = {
  title: '自分のエージェント',
  lead: 'Agent Client Protocol に対応するエージェントは、起動コマンドで追加できます。',
  none: 'まだありません。',
  add: 'エージェントを追加',
  addTitle: 'エージェントを追加',
  editTitle: (name) => `${name} を変更`,
  name: '名前',
  namePlaceholder: '自分のエージェント',
  command: 'コマンド',
  commandNote: 'ターミナルで入力するとおりに書きます。シェルは使わないので、パイプ、変数、&& は意味を持ちません。',
  suggestions: '既知のエージェント',
  problems: {
    empty: 'エージェントを起動するコマンドを貼り付けてください。',
    quote: '引用符が閉じられていません。',
    shell: (what) =>
      `「${what}」はシェルでだけ意味を持ち、ここではシェルを使いません。そのままの文字なら引用符で囲み（'${what}'）、そうでなければスクリプトを指定してください。`,
    command: 'プログラムの名前が長すぎます。',
  },
  environment: '環境変数',
  environmentNote: 'このプロセスだけに渡されます。キーは書かないでください。そのままの文字で残ります。',
  variableName: '変数',
  variableValue: '値',
  addVariable: '変数を追加',
  removeVariable: (name) => (name === '' ? 'この変数を取り除く' : `${name} を取り除く`),
  badVariable: (name) => `「${name}」は変数名として使えません。英字、数字、_ のみで、数字では始められません。`,
  keyVariable: 'API キーを受け取る変数',
  keyVariablePlaceholder: 'なし',
  keyVariableNote:
    'キーが必要な場合は、保存してから上のこのエージェントのボタンでキーを登録してください。暗号化して保管されます。',
  test: '試す',
  testing: '起動中…',
  testNote: '起動し、何者かを尋ね、終了させます。モデルには何も送りません。',
  works: (name, version) => `動作しました：${[name, version].filter(Boolean).join(' ')}`,
  worksUnnamed: '動作しました。',
  models: (count) => `選べるモデル ${count} 件`,
  noModels: 'モデルの選択肢はありません。',
  output: '出力された内容',
  save: '保存',
  saving: '保存中…',
  edit: '変更',
  delete: '削除',
  deleteTitle: (name) => `${name} を削除しますか？`,
  deleteNote:
    'セッションは内容とともに残ります。続けるには別のエージェントを選ぶか、同じ名前で追加し直してください。登録したキーは取り除かれます。',
};
