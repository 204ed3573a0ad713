import type { onboardingStrings as english } from '../en/onboarding.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { plural } = wordsFor('de');

export const onboardingStrings = {
  onboarding: {
    install: 'Installieren',
    installAgain: 'Neu installieren',
    update: 'Aktualisieren',
    installNote: (name: string) =>
      `Holt ${name} von npm in Quarterdecks eigenen Ordner. Für den ganzen Computer wird nichts installiert.`,
    updateNote: (name: string) =>
      `Holt das neueste ${name} von npm in Quarterdecks eigenen Ordner. Das vorhandene bleibt, wie es ist.`,
    signIn: 'In einem Terminal anmelden',
    signInOpened:
      'Ein Terminal wurde geöffnet. Melden Sie sich dort an; bei der Rückkehr sieht Quarterdeck erneut nach.',
    copyCommand: 'Anmeldebefehl kopieren',
    storeKey: 'API-Schlüssel hinterlegen…',
    replaceKey: 'API-Schlüssel ersetzen…',
    removeKey: 'API-Schlüssel entfernen',
    keyStored: 'API-Schlüssel hinterlegt',
    own: 'von Quarterdeck installiert',
    newer: 'neuer als die mit Quarterdeck erprobte Version',
    older: 'älter als die mit Quarterdeck erprobte Version',
    passedOver: (path: string, what: string) => `Benutzt statt ${path}: ${what}.`,
    tooOld: (version: string | undefined) => `zu alt${version ? ` (${version})` : ''}`,
    broken: 'funktioniert nicht',
    keyForm: {
      label: (name: string) => `API-Schlüssel für ${name}`,
      placeholder: 'Schlüssel hier einfügen',
      note: (variable: string) =>
        `Bleibt verschlüsselt auf diesem Computer und geht nur an diesen Agenten (${variable}). Er wird nie wieder gezeigt und jetzt nicht erprobt: Ob er gilt, zeigt die erste Nachricht.`,
      save: 'Schlüssel hinterlegen',
      saving: 'Wird hinterlegt…',
      byKeychain: 'Im Schlüsselbund dieses Computers hinterlegt.',
      byKeyFile:
        'Verschlüsselt in Quarterdecks Ordner hinterlegt. Hier fand sich kein Schlüsselbund; der Schlüssel dazu ist eine Datei, die nur dieses Benutzerkonto lesen kann.',
      now: (n: number) =>
        n === 0
          ? 'Gilt ab der nächsten Nachricht.'
          : `${plural(n, 'untätige Sitzung benutzt', 'untätige Sitzungen benutzen')} ihn sofort.`,
      later: (n: number) =>
        `${plural(n, 'Sitzung macht', 'Sitzungen machen')} bis zum nächsten Start mit dem bisherigen weiter.`,
      removeTitle: (name: string) => `API-Schlüssel für ${name} entfernen?`,
      removeNote: 'Er wird auf diesem Computer gelöscht. Beim Anbieter gilt er, bis er dort widerrufen wird.',
    },
    job: {
      running: 'Wird installiert…',
      done: 'Installiert',
      failed: 'Die Installation ist fehlgeschlagen',
      cancelled: 'Abgebrochen',
      cancel: 'Abbrechen',
      cancelling: 'Wird abgebrochen…',
      close: 'Schließen',
      again: 'Erneut versuchen',
      output: 'Ausgabe der Installation',
      waiting: 'Frage npm…',
      lost: 'Quarterdeck wurde neu gestartet, oder der Vorgang ist zu lange her. Die Liste der Agenten sagt, was installiert ist.',
    },
  },
  diagnostics: {
    lead: 'Der Zustand dieser Installation und jedes Agenten auf diesem Computer. Nichts wird irgendwohin gesendet.',
    run: 'Erneut prüfen',
    running: 'Wird geprüft…',
    copy: 'Bericht kopieren',
    copyNote: 'Ohne Schlüssel und Passwörter. Ordner und Benutzernamen dieses Computers stehen darin.',
    allGood: 'Alles funktioniert.',
    broken: (n: number) => `${plural(n, 'Teil braucht', 'Teile brauchen')} Aufmerksamkeit.`,
    warnings: (n: number) => `${plural(n, 'Hinweis', 'Hinweise')}.`,
    labels: {
      home: 'Datenordner',
      disk: 'Platz auf der Festplatte',
      database: 'Datenbank',
      gateway: 'Gateway',
      log: 'Protokoll',
      providers: 'Agenten',
      'provider-keys': 'API-Schlüssel von Agenten',
      'not-understood': 'Nachrichten von Agenten',
    },
    state: { ok: 'OK', warning: 'Hinweis', error: 'Problem' },
    notUnderstood: 'Was nicht verstanden wurde',
    notUnderstoodNote:
      'Was ein Agent sagte und diese Version von Quarterdeck nicht kennt. Es bleibt in der Aufzeichnung der Sitzung und stört nichts; es ist ein Zeichen, dass der Agent neuer ist.',
    nothing: 'Alles, was Agenten sagten, wurde verstanden.',
    times: (n: number) => `${n} ×`,
    version: (version: string) => `Version ${version}`,
    sample: 'Originalzeile zeigen',
    open: 'Sitzung öffnen',
  },
} satisfies Translation<typeof english>;
