import type { sidebarStrings as english } from '../en/sidebar.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('ja');

export const sidebarStrings = {
  activity: {
    read: (name: string) => `読み取り中：${name}`,
    edit: (name: string) => `編集中：${name}`,
    delete: (name: string) => `削除中：${name}`,
    move: (name: string) => `移動中：${name}`,
    search: (name: string) => `検索中：${name}`,
    execute: (name: string) => `実行中：${name}`,
    think: (name: string) => `思考中：${name}`,
    fetch: (name: string) => `取得中：${name}`,
    plan: (name: string) => `計画中：${name}`,
    agent: (name: string) => `サブエージェント：${name}`,
    question: (name: string) => `質問中：${name}`,
    other: (name: string) => name,
  },
  sessionsIn: (n: number) => `${number(n)} セッション`,
  waitingIn: (n: number) => `${number(n)} 件が回答待ち`,
  runningIn: (n: number) => `${number(n)} 件が作業中`,
  more: (n: number) => `さらに ${number(n)} セッションを表示`,
  searchAll: (text: string) => `すべての会話から「${text}」を検索`,
  fork: (source: string) => `「${source}」から分岐`,
  forkOfGone: '今はないセッションから分岐',
  undo: '元に戻す',
  archivedOne: (title: string) => `「${title}」をアーカイブしました。`,
  broughtBack: (title: string) => `「${title}」を元に戻しました。`,
  markedRead: (title: string) => `「${title}」を既読にしました。`,
  markedUnread: (title: string) => `「${title}」を未読にしました。`,
} satisfies Translation<typeof english>;
