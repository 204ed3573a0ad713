import type { panelStrings as english } from '../en/panel.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { plural, number } = wordsFor('de');
const linesOf = (from: number, to: number): string => (from === to ? `Zeile ${from}` : `Zeilen ${from} bis ${to}`);

export const panelStrings = {
  panel: {
    title: 'Seitenleiste',
    open: 'Änderungen, Plan und Verbrauch zeigen',
    close: 'Seitenleiste ausblenden',
    resize: 'Breite der Seitenleiste',
    resizeSidebar: 'Breite der Sitzungsliste',
    tabs: { changes: 'Änderungen', plan: 'Plan', goal: 'Ziel', usage: 'Verbrauch', connected: 'Verbunden' },
    noChanges: 'Noch keine Datei geändert',
    noChangesNote: 'Jede Datei, die der Agent in dieser Sitzung ändert, steht hier mit ihren Unterschieden.',
    noPlan: 'Noch kein Plan',
    noPlanNote: 'Macht der Agent einen Plan, stehen hier die Schritte und wie weit sie sind.',
    noGoal: 'Kein Ziel gesetzt',
    noGoalNote: 'Schreiben Sie „/goal“ und das Ziel: Der Agent arbeitet dann von selbst Zug um Zug daran.',
    noUsage: 'Noch nichts verbraucht',
    noUsageNote: 'Tokens und Kosten stehen hier nach dem ersten Zug, soweit der Agent sie nennt.',
    noReports: 'Der Agent hat noch nichts dazu berichtet.',
    files: (n: number) => plural(n, 'Datei', 'Dateien'),
    filesIn: (n: number) => plural(n, 'geänderte Datei', 'geänderte Dateien'),
    tree: 'Geänderte Dateien',
    back: 'Alle geänderten Dateien',
    wide: 'Über dem Gespräch öffnen',
    narrow: 'Zurück neben das Gespräch',
    layout: 'Wie Unterschiede gezeigt werden',
    unified: 'Untereinander',
    split: 'Nebeneinander',
    splitNeedsRoom: 'Nebeneinander, wo Platz dafür ist',
    change: (n: number, all: number, when: string) => `Änderung ${n} von ${all}, ${when}`,
    changeAt: (when: string) => `Geändert ${when}`,
    outcome: { create: 'neu', update: '', delete: 'gelöscht', gone: 'angelegt und gelöscht' },
    planDone: (percent: number) => `${percent} % des Plans sind erledigt`,
    turn: 'Zug',
    turnTokens: 'Tokens ein und aus',
    turnCost: 'Kosten',
    turns: 'Nach Zügen',
    total: 'Alle Züge',
    notTold: 'nicht genannt',
    latest: (shown: number, all: number) => `Die letzten ${shown} von ${number(all)} Zügen.`,
    followsThis: 'folgt dieser Sitzung',
    followsNot: 'anderswo in dieser App',
    here: 'In dieser Sitzung',
    others: 'Mit dieser App verbunden',
  },
  comment: {
    add: 'Diese Zeile kommentieren',
    lines:
      'Zeilen des Unterschieds. Pfeiltasten wählen eine Zeile, Umschalt erweitert die Auswahl, Enter kommentiert sie.',
    row: { add: 'hinzugefügt', remove: 'entfernt', same: 'unverändert' },
    line: (n: number) => `Zeile ${n}`,
    on: (where: string) => `Kommentar zu ${where}`,
    placeholder: 'Was soll der Agent dazu wissen oder tun?',
    put: 'In die Nachricht setzen',
    hint: 'Kommt mit den Zeilen in die Nachricht. Noch wird nichts gesendet.',
    done: 'In die Nachricht gesetzt.',
    goTo: 'Zur Nachricht',
    where: (from: number, to: number, side: 'old' | 'new') =>
      side === 'new' ? linesOf(from, to) : `${linesOf(from, to)} im Stand davor`,
    reference: (path: string, where: string) => `Zu ${path}, ${where}:`,
  },
} satisfies Translation<typeof english>;
