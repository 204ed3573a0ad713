import type { sidebarStrings as english } from '../en/sidebar.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('zh-CN');

export const sidebarStrings = {
  activity: {
    read: (name: string) => `正在读取 ${name}`,
    edit: (name: string) => `正在编辑 ${name}`,
    delete: (name: string) => `正在删除 ${name}`,
    move: (name: string) => `正在移动 ${name}`,
    search: (name: string) => `正在搜索 ${name}`,
    execute: (name: string) => `正在运行 ${name}`,
    think: (name: string) => `正在思考：${name}`,
    fetch: (name: string) => `正在获取 ${name}`,
    plan: (name: string) => `正在计划：${name}`,
    agent: (name: string) => `子智能体：${name}`,
    question: (name: string) => `正在提问：${name}`,
    other: (name: string) => name,
  },
  sessionsIn: (n: number) => `${number(n)} 个会话`,
  waitingIn: (n: number) => `${number(n)} 个等待你处理`,
  runningIn: (n: number) => `${number(n)} 个运行中`,
  more: (n: number) => `再显示 ${number(n)} 个会话`,
  searchAll: (text: string) => `在所有对话中查找“${text}”`,
  fork: (source: string) => `分叉自“${source}”`,
  forkOfGone: '分叉自一个已不存在的会话',
  undo: '撤销',
  archivedOne: (title: string) => `“${title}”已归档。`,
  broughtBack: (title: string) => `“${title}”已取消归档。`,
  markedRead: (title: string) => `“${title}”已标为已读。`,
  markedUnread: (title: string) => `“${title}”已标为未读。`,
} satisfies Translation<typeof english>;
