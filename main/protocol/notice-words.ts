import type { Language } from './languages.ts';

/** What notifications say, of the app's window and of browsers alike. Everything that somebody else wrote stands in `quoted`. */
export interface NoticeWords {
  /** A request waits: by what it asks for; `any`: that is not said. */
  readonly waiting: Readonly<Record<'command' | 'change' | 'question' | 'plan' | 'any', string>>;
  readonly stuck: string;
  readonly ended: string;
  readonly reached: string;
  readonly failed: string;
  readonly quoted: (text: string) => string;
  readonly untitled: string;
  /** What is asked is not in the notification. */
  readonly openToRead: string;
  readonly worked: (minutes: number) => string;
  readonly allowOnce: string;
  readonly deny: string;
  readonly test: { readonly title: string; readonly body: string };
}

export const noticeWords: Readonly<Record<Language, NoticeWords>> = {
  en: {
    waiting: {
      command: 'An agent asks to run a command',
      change: 'An agent asks to change files',
      question: 'An agent asks you a question',
      plan: 'An agent asks to go ahead with its plan',
      any: 'An agent waits for your answer',
    },
    stuck: 'A goal is stuck and needs you',
    ended: 'An agent has finished',
    reached: 'A goal was reached',
    failed: 'An agent’s turn failed',
    quoted: (text) => `“${text}”`,
    untitled: 'Session without a title',
    openToRead: 'Open it to read exactly what it asks.',
    worked: (minutes) => (minutes === 1 ? 'Worked for a minute.' : `Worked for ${minutes} minutes.`),
    allowOnce: 'Allow Once',
    deny: 'Deny',
    test: { title: 'Notifications work', body: 'This is how Quarterdeck tells you that something waits for you.' },
  },
  de: {
    waiting: {
      command: 'Ein Agent möchte einen Befehl ausführen',
      change: 'Ein Agent möchte Dateien ändern',
      question: 'Ein Agent stellt eine Frage',
      plan: 'Ein Agent möchte nach seinem Plan vorgehen',
      any: 'Ein Agent wartet auf Antwort',
    },
    stuck: 'Ein Ziel kommt nicht voran',
    ended: 'Ein Agent ist fertig',
    reached: 'Ein Ziel wurde erreicht',
    failed: 'Der Zug eines Agenten ist fehlgeschlagen',
    quoted: (text) => `„${text}“`,
    untitled: 'Sitzung ohne Titel',
    openToRead: 'Öffnen Sie die Sitzung, um genau zu lesen, worum es geht.',
    worked: (minutes) => (minutes === 1 ? 'Eine Minute gearbeitet.' : `${minutes} Minuten gearbeitet.`),
    allowOnce: 'Einmal erlauben',
    deny: 'Ablehnen',
    test: {
      title: 'Mitteilungen funktionieren',
      body: 'So sagt Ihnen Quarterdeck, dass etwas auf Ihre Antwort wartet.',
    },
  },
  'zh-CN': {
    waiting: {
      command: '有智能体请求运行命令',
      change: '有智能体请求更改文件',
      question: '有智能体向你提问',
      plan: '有智能体请求按计划进行',
      any: '有智能体在等待你的答复',
    },
    stuck: '有目标停滞，需要你处理',
    ended: '有智能体已完成工作',
    reached: '有目标已达成',
    failed: '有智能体的轮次失败了',
    quoted: (text) => `“${text}”`,
    untitled: '无标题会话',
    openToRead: '打开后可查看它请求的确切内容。',
    worked: (minutes) => `工作了 ${minutes} 分钟。`,
    allowOnce: '允许一次',
    deny: '拒绝',
    test: { title: '通知可以使用', body: '有事情等你处理时，Quarterdeck 会这样告诉你。' },
  },
  ja: {
    waiting: {
      command: 'エージェントがコマンドの実行を求めています',
      change: 'エージェントがファイルの変更を求めています',
      question: 'エージェントから質問があります',
      plan: 'エージェントが計画どおりに進める許可を求めています',
      any: 'エージェントが回答を待っています',
    },
    stuck: '目標が行き詰まっています',
    ended: 'エージェントの作業が終わりました',
    reached: '目標が達成されました',
    failed: 'エージェントのターンが失敗しました',
    quoted: (text) => `「${text}」`,
    untitled: '無題のセッション',
    openToRead: '求められている内容は、開いて確かめてください。',
    worked: (minutes) => `${minutes} 分間作業しました。`,
    allowOnce: '1 回だけ許可',
    deny: '拒否',
    test: { title: '通知を表示できます', body: '回答待ちになると、Quarterdeck はこのように知らせます。' },
  },
};
