import type { NoticeSentences } from '../../../../main/protocol/sentences/notices.ts';
import type { SaidOf } from '../../said.ts';

const modes: Record<string, string> = {
  full: 'Voller Zugriff',
  'accept-edits': 'Änderungen annehmen',
  ask: 'Fragen',
  plan: 'Planen',
  default: 'Fragen',
};
const mode = (one: string): string => `„${modes[one] ?? one}“`;
const causes: Record<string, string> = {
  rate_limit: 'begrenzt die Zahl der Anfragen',
  overloaded: 'ist überlastet',
  server_error: 'hat einen internen Fehler',
};
const hooks: Record<string, string> = {
  failed: 'ist gescheitert',
  blocked: 'hat etwas verhindert',
  stopped: 'hat den Agenten angehalten',
};
const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString('de', { dateStyle: 'medium', timeStyle: 'short' });

export const notices: SaidOf<NoticeSentences> = {
  'notice.silent': ({ name, seconds }) => [
    `${name} hat seit ${seconds} s nichts gesagt. Vielleicht wartet er auf den Modellanbieter; Sie können warten oder den Zug anhalten.`,
  ],
  'notice.silentRetrying': ({ name, seconds }) => [
    `${name} hat seit ${seconds} s nichts gesagt. Begrenzt ihn der Anbieter oder ist er nicht zu erreichen, versucht er es ohne ein Wort wieder; Sie können warten oder den Zug anhalten.`,
  ],
  'notice.backgroundEnded': [
    'Etwas, das im Hintergrund lief, ist zu Ende. Der Agent erfährt es mit Ihrer nächsten Nachricht.',
  ],
  'notice.commandEnded': ({ code }) => [
    `Ein Befehl, der im Hintergrund lief, ist zu Ende${code === '' ? '' : ` (Exit-Code ${code})`}. Der Agent kann mit Ihrer nächsten Nachricht nachsehen.`,
  ],
  'notice.modelRefused': ({ model, why }) => [
    `Das Modell bleibt, wie es ist: „${model}“ wurde nicht angenommen („${why}“).`,
  ],
  'notice.modeRefused': ({ mode: wanted, why }) => [
    `Der Berechtigungsmodus bleibt, wie er ist: ${mode(wanted)} wurde nicht angenommen („${why}“).`,
  ],
  'notice.effortRefused': ({ effort, why }) => [
    `Der Denkaufwand bleibt, wie er ist: „${effort}“ wurde nicht angenommen („${why}“).`,
  ],
  'notice.ownToolServer': ({ name, why }) => [
    `Der Werkzeugserver „${name}“ dieser App ließ sich nicht verbinden („${why}“). Der Agent arbeitet ohne dessen Werkzeuge.`,
  ],
  'notice.toolServer': ({ name, why }) => [
    `Der Werkzeugserver ${name || 'dieser Sitzung'} ließ sich nicht starten; seine Werkzeuge fehlen${why ? ` („${why}“)` : ''}.`,
  ],
  'notice.conversationLost': ({ name }) => [
    `${name} hat dieses Gespräch nicht mehr: Der Agent erinnert sich nicht an das, was oben gesagt wurde. Nichts wurde ausgeführt.`,
  ],
  'notice.conversationGone': ({ name }) => [`${name} hat dieses Gespräch nicht mehr.`],
  'notice.noResume': ({ name }) => [`${name} kann das frühere Gespräch nicht wieder aufnehmen.`],
  'notice.conversationCleared': [
    'Das Gespräch wurde geleert: Der Agent erinnert sich nicht an das, was oben gesagt wurde.',
  ],
  'notice.rateLimitNear': ({ at }) => [
    `Die Nutzungsgrenze Ihres Tarifs ist fast erreicht.${at ? ` Sie wird am ${moment(at)} zurückgesetzt.` : ''}`,
  ],
  'notice.compactionFailed': ({ why }) => [
    `Claude Code konnte das Gespräch nicht zusammenfassen${why ? ` („${why}“)` : ''}.`,
  ],
  'notice.compacting': ['Claude Code fasst das Gespräch zusammen, um Platz zu schaffen.'],
  'notice.cliDiskFull': ({ code }) => [
    `Claude Code konnte seine eigene Kopie des Gesprächs nicht speichern (${code || 'Festplatte voll'}): Nach einem Neustart erinnert sich der Agent vielleicht nicht an alles. Schaffen Sie Platz auf der Festplatte; was hier steht, ist aufbewahrt.`,
  ],
  'notice.apiRetry': ({ cause, status, seconds, attempt, most }) => [
    `Der Modellanbieter ${causes[cause] ?? (status ? 'antwortete mit einem Fehler' : 'war nicht zu erreichen')}${status ? ` (${status})` : ''}. Neuer Versuch in ${seconds} s (${attempt}${most ? ` von ${most}` : ''}).`,
  ],
  'notice.retrying': ({ name, words }) => [`${name} versucht es noch einmal („${words}“).`],
  'notice.unaskedTurn': ({ name }) => [`${name} begann ungefragt zu arbeiten; das wurde angehalten.`],
  'notice.requestRefused': ({ name, what }) => [
    `${name} bat um etwas, das diese App noch nicht beantworten kann (${what}); es wurde abgelehnt.`,
  ],
  'notice.hook': ({ name, status, words }) => [
    `Ein Hook (${name}) ${hooks[status] ?? status}${words ? `: „${words}“` : '.'}`,
  ],
  'notice.attachmentsUnused': ({ command }) => [
    `/${command} nimmt keine Anhänge: Sie wurden weggelassen. Senden Sie sie mit einer Nachricht.`,
  ],
  'notice.ownGoal': [
    'Codex hat in diesem Gespräch ein eigenes Ziel. Es wurde angehalten, weil diese App jeden Zug beginnt: Setzen Sie hier ein Ziel, damit es verfolgt wird.',
  ],
  'notice.modelRerouted': ({ model }) => [`Codex antwortet mit einem anderen Modell als dem gewählten: ${model}.`],
  'notice.emptyWarning': ({ name }) => [`${name} warnt, ohne zu sagen, wovor.`],
  'notice.unknownMessage': ({ name, kind }) => [
    `${name} sagte etwas, das diese Version der App nicht kennt (${kind}). Es wurde weggelassen.`,
  ],
  'notice.nested': ({ name, depth }) => [
    `${name} schrieb eine Zeile, die mehr als ${depth} Mal verschachtelt ist. Was tiefer liegt, wurde weggelassen.`,
  ],
  'notice.garbage': ({ name }) => [
    `${name} schrieb eine Zeile, die nicht zu seinem Protokoll gehört. Sie wurde weggelassen.`,
  ],
  'notice.refusalWords': ({ name }) => [
    `${name} erfuhr Ihr Nein, aber nicht Ihre Worte: Sein Protokoll hat keinen Platz dafür. Senden Sie sie als Nachricht.`,
  ],
  'notice.modeKept': ({ mode: now, wider }) => [
    `Der Agent wollte im Modus ${mode(wider)} weitermachen, was niemand erlaubt hat; er bleibt in ${mode(now)}.`,
  ],
  'notice.modeNarrowed': ({ name, from, to }) => [
    `${name} kennt den Modus ${mode(from)} nicht, darum ist diese Sitzung jetzt in ${mode(to)}.`,
  ],
  'notice.steerFailed': [
    'Ihre Nachricht konnte nicht mehr in den laufenden Zug gegeben werden; sie wartet auf den nächsten.',
  ],
  'notice.eventDamaged': ({ seq, session }) => [
    `Eintrag ${seq} dieser Sitzung wurde auf der Festplatte beschädigt und kann nicht gezeigt werden. Was davor und danach steht, ist ganz. „quarterdeck verify ${session}“ sagt mehr; die Sicherungen im Quarterdeck-Ordner haben ihn vielleicht noch.`,
  ],
  'notice.otherWriter': ({ name }) => [
    `Ein anderes Programm, vielleicht ${name} in einem Terminal, hat das Gespräch hinter dieser Sitzung fortgesetzt. Was dort gesagt wurde, steht hier nicht, und machen beide weiter, weiß keines, was das andere getan hat.`,
  ],
  'notice.takenOver': ({ name, how }) => [
    how === 'branch'
      ? `Ab der nächsten Nachricht macht ${name} mit einem eigenen Zweig weiter; das andere Programm behält das Original.`
      : `Ab der nächsten Nachricht macht ${name} mit dem weiter, was jetzt in seinem Gespräch steht.`,
  ],
};
