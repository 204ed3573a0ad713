import type { GoalStatus } from '../../../main/protocol/values.ts';
import type { goalStrings as english } from '../en/goals.ts';
import type { Translation } from '../languages.ts';

const lineHeads: Readonly<Record<'set' | GoalStatus, string>> = {
  set: '目標を設定',
  active: '目標を再開',
  paused: '目標を一時停止',
  complete: '目標を達成',
  blocked: '目標が行き詰まり',
  cancelled: '目標を取り消し',
  out_of_budget: '目標が上限で停止',
};

/** 目標についての文。 */
export const goalStrings: Translation<typeof english> = {
  set: '目標を設定',
  setTitle: 'このセッションの目標',
  setNote: 'エージェントは、達成するか、行き詰まるか、下の上限に達するまで、ターンを重ねて自分で取り組みます。',
  objective: '目標の内容',
  objectivePlaceholder: 'このフォルダーのテストがすべて通り、実行方法が README に書かれている。',
  start: '開始',
  strip: 'このセッションの目標',
  status: {
    active: '目標',
    paused: '目標は一時停止中',
    complete: '目標達成',
    blocked: '目標が行き詰まっています',
    cancelled: '目標は取り消されました',
    out_of_budget: '目標は上限で停止しました',
  },
  line: (change: 'set' | GoalStatus, text: string) => {
    const words = text.length > 300 ? `${text.slice(0, 299)}…` : text;
    return words === '' ? lineHeads[change] : `${lineHeads[change]}：${words}`;
  },
  step: { progress: '目標：進捗', complete: '目標達成', blocked: '目標が行き詰まり' },
  turns: (spent, limit) => (limit === null ? `${spent} ターン` : `${limit} ターン中 ${spent}`),
  turnsTitle: 'これまでの目標のターンと上限',
  time: (spent, limit) => (limit === null ? spent : `${limit} 中 ${spent}`),
  timeTitle: '目標のターンにかかった時間',
  cost: (spent, limit) => (limit === null ? spent : `${limit} 中 ${spent}`),
  costTitle: 'エージェントが伝えた範囲でのターンの費用',
  pause: '一時停止',
  pauseTitle: '実行中のターンを止め、次を始めません',
  resume: '続ける',
  limits: '上限',
  limitsTitle: 'この目標の上限',
  limitsNote: '空欄：上限なし。',
  limitTurns: 'ターン数',
  limitMinutes: 'ターンの時間（分）',
  limitCost: '米ドル',
  costUntold: 'このエージェントは費用を伝えないため、ドルの上限では止まりません。',
  limitWrong: (least, most) => `${least} から ${most} まで、または空欄にしてください。`,
  resumeNext: (turns) => `${turns} ターンで続ける`,
  clear: '目標を取り消す',
  dismiss: '閉じる',
  clearTitle: 'この目標を取り消しますか？',
  clearNote: '取り消しとして終わり、実行中のターンは止まります。行ったことと報告はセッションに残ります。',
  clearAction: '取り消す',
  progress: (n) => `報告 ${n} 件`,
  done: (percent) => `${percent}% 完了`,
  evidence: '根拠',
  showObjective: '目標全体を表示',
  turnMessage: '目標のターン',
  turnMessageOf: (turn) => `目標のターン ${turn}`,
};
