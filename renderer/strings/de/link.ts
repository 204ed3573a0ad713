import type { linkStrings as english } from '../en/link.ts';
import type { Translation } from '../languages.ts';

export const linkStrings = {
  sealed: 'Versiegelt: von Ende zu Ende verschlüsselt',
  trying: (where: string) => `versuche ${where}`,
  since: (clock: string) => `seit ${clock}`,
  waiting: (n: number) => (n === 1 ? '1 Nachricht wartet' : `${n} Nachrichten warten`),
  oldState: (when: string) => `Stand: ${when}.`,
  plainPage: 'Über einfaches HTTP lässt sich diese Seite nicht öffnen, solange das Gateway fort ist. Mit TLS geht es.',
  outboxTitle: 'Nicht gesendet',
  outboxNote:
    'Diese Nachrichten wurden hier geschrieben und erreichten den Computer nie. Sie bleiben in diesem Browser, bis sie gelöscht werden.',
  outboxDelete: 'Löschen',
  outboxCopy: 'Kopieren',
  reason: {
    revoked: {
      title: 'Dieses Gerät hat keinen Zugang mehr',
      means:
        'Es wurde am Computer widerrufen, oder seine Zeit ist um. Agenten arbeiten dort weiter. Was hier zu sehen war, ist aus diesem Browser gelöscht; Geschriebenes bleibt.',
      next: 'Um zurückzukommen, öffnen Sie am Computer Einstellungen > Geräte, koppeln Sie dieses Gerät neu und scannen Sie den neuen Code.',
    },
    key_refused: {
      title: 'Der Schlüssel gilt nicht mehr',
      means:
        'Er wurde widerrufen, ersetzt oder ist abgelaufen. Agenten arbeiten am Computer weiter; nichts ging verloren.',
      next: 'Geben Sie unten einen anderen Schlüssel ein, oder koppeln Sie dieses Gerät mit einem Code aus Einstellungen > Geräte.',
    },
    pairing_used: {
      title: 'Dieser Kopplungslink gilt nicht mehr',
      means:
        'Ein Link koppelt ein Gerät, einmal, binnen zehn Minuten. Dieser wurde benutzt, abgebrochen oder ist abgelaufen.',
      next: 'Lassen Sie am Computer einen neuen Code anzeigen: Einstellungen > Geräte > Gerät koppeln.',
    },
    pairing_broken: {
      title: 'Dieser Kopplungslink ist beschädigt',
      means: 'Ein Teil fehlt, oder er stammt nicht von Quarterdeck. Nichts wurde gesendet.',
      next: 'Scannen Sie den Code erneut, oder kopieren Sie den ganzen Link.',
    },
    untrusted: {
      title: 'Das ist nicht der gekoppelte Computer',
      means:
        'Was an dieser Adresse antwortet, hat einen anderen Schlüssel als den, den dieses Gerät kennt. Vielleicht ein anderer Computer an derselben Adresse, vielleicht jemand dazwischen. Nichts wurde gesendet.',
      next: 'Wurde Quarterdeck dort neu eingerichtet, vergessen Sie die Kopplung und koppeln Sie neu. Machen Sie sonst in diesem Netz nicht weiter.',
    },
  },
  retry: 'Erneut versuchen',
  forget: 'Diese Kopplung vergessen',
  forgetTitle: 'Diese Kopplung vergessen?',
  forgetNote: 'Der Schlüssel dieses Browsers zum Computer wird gelöscht. Zum Zurückkommen muss neu gekoppelt werden.',
  device: (name: string) => `Gekoppelt mit ${name}`,
  byHand: {
    title: 'Mit Quarterdeck verbinden',
    looking: 'Frage den Computer nach seinem Fingerabdruck…',
    compare: 'Mit Einstellungen > Geräte am Computer vergleichen:',
    same: 'Ist jede Gruppe gleich, ist es der richtige Computer. Weicht eine ab, hier aufhören.',
    key: 'API-Schlüssel',
    keyPlaceholder: 'qd_…',
    keyWrong: 'Ein Schlüssel beginnt mit qd_.',
    remember: 'Schlüssel in diesem Browser behalten',
    rememberNote: 'Sonst wird er vergessen, wenn diese Seite geschlossen wird.',
    connect: 'Der Fingerabdruck stimmt: verbinden',
    connecting: 'Verbinde…',
    pairInstead: 'Einfacher: Öffnen Sie am Computer Einstellungen > Geräte, und scannen Sie den Code dort.',
    plain:
      'Diese Seite kam über einfaches HTTP; wer den Verkehr in diesem Netz verändern kann, könnte sie geändert haben. Der Schlüssel selbst wird nur verschlüsselt gesendet, an den Computer mit diesem Fingerabdruck.',
    unreachable: 'Der Computer antwortet unter dieser Adresse nicht.',
    hex: 'Fingerabdruck',
  },
} satisfies Translation<typeof english>;
