import type { GoalStatus } from '../../../main/protocol/values.ts';
import type { goalStrings as english } from '../en/goals.ts';
import type { Translation } from '../languages.ts';

const lineHeads: Readonly<Record<'set' | GoalStatus, string>> = {
  set: 'Ziel gesetzt',
  active: 'Ziel fortgesetzt',
  paused: 'Ziel pausiert',
  complete: 'Ziel erreicht',
  blocked: 'Ziel blockiert',
  cancelled: 'Ziel verworfen',
  out_of_budget: 'Ziel an seiner Grenze angehalten',
};

export const goalStrings = {
  set: 'Ziel setzen',
  setTitle: 'Ein Ziel für diese Sitzung',
  setNote:
    'Der Agent arbeitet von selbst Zug um Zug daran, bis es erreicht oder blockiert ist oder eine Grenze unten greift.',
  objective: 'Ziel',
  objectivePlaceholder: 'Alle Tests in diesem Ordner bestehen, und die README sagt, wie man sie startet.',
  start: 'Beginnen',
  strip: 'Ziel dieser Sitzung',
  status: {
    active: 'Ziel',
    paused: 'Ziel pausiert',
    complete: 'Ziel erreicht',
    blocked: 'Ziel blockiert',
    cancelled: 'Ziel verworfen',
    out_of_budget: 'Ziel an seiner Grenze angehalten',
  },
  line: (change: 'set' | GoalStatus, text: string) => {
    const words = text.length > 300 ? `${text.slice(0, 299)}…` : text;
    return words === '' ? lineHeads[change] : `${lineHeads[change]}: ${words}`;
  },
  step: { progress: 'Ziel: Fortschritt', complete: 'Ziel erreicht', blocked: 'Ziel blockiert' },
  turns: (spent: number, limit: number | null) =>
    limit === null ? `${spent} ${spent === 1 ? 'Zug' : 'Züge'}` : `Zug ${spent} von ${limit}`,
  turnsTitle: 'Bisherige Züge des Ziels und wie viele es sein dürfen',
  time: (spent: string, limit: string | null) => (limit === null ? spent : `${spent} von ${limit}`),
  timeTitle: 'Zeit in Zügen des Ziels',
  cost: (spent: string, limit: string | null) => (limit === null ? spent : `${spent} von ${limit}`),
  costTitle: 'Kosten der Züge, soweit der Agent sie nennt',
  pause: 'Pausieren',
  pauseTitle: 'Hält den laufenden Zug an und beginnt keinen neuen',
  resume: 'Fortsetzen',
  limits: 'Grenzen',
  limitsTitle: 'Wie weit dieses Ziel gehen darf',
  limitsNote: 'Leer: keine Grenze.',
  limitTurns: 'Züge',
  limitMinutes: 'Minuten in Zügen',
  limitCost: 'US-Dollar',
  costUntold: 'Dieser Agent nennt keine Kosten; eine Grenze in Dollar hält ihn nicht an.',
  limitWrong: (least: string, most: string) => `Von ${least} bis ${most}, oder leer.`,
  resumeNext: (turns: number) => `Mit ${turns} Zügen fortsetzen`,
  clear: 'Ziel verwerfen',
  dismiss: 'Ausblenden',
  clearTitle: 'Dieses Ziel verwerfen?',
  clearNote:
    'Es endet als verworfen, der laufende Zug wird angehalten. Was getan und berichtet wurde, bleibt in der Sitzung.',
  clearAction: 'Verwerfen',
  progress: (n: number) => `${n} ${n === 1 ? 'Bericht' : 'Berichte'}`,
  done: (percent: number) => `${percent} % erledigt`,
  evidence: 'Belege',
  showObjective: 'Das ganze Ziel zeigen',
  turnMessage: 'Zug des Ziels',
  turnMessageOf: (turn: string) => `Zug ${turn} des Ziels`,
} satisfies Translation<typeof english>;
