import type { dropStrings as english } from '../en/drop.ts';
import type { Translation } from '../languages.ts';

export const dropStrings = {
  files: '松开即可附加',
  filesOrFolder: '松开即可附加文件；如果是文件夹，则在其中开始会话',
  folder: '松开文件夹，即可在其中开始会话',
  nothingSent: '这只是草稿：在你发送之前不会发出任何内容。',
  unseen: {
    message: (folder) => `文件夹“${folder}”没有打开：浏览器不会告诉网页文件夹在哪里。`,
    impact: '其中的内容没有被读取或上传，已写的文字都还在。',
    next: '请选择“新建会话”，用“浏览”找到该文件夹；或把它拖到 Quarterdeck 应用的窗口上。',
  },
  nowhere: {
    message: (folder) => `文件夹“${folder}”没有打开：它在本机磁盘上没有位置。`,
    impact: '没有任何改动，已写的文字都还在。',
    next: '如果它在压缩包或手机里，请先复制到本机，再拖入副本。',
  },
  onlyFirst: {
    message: (folder) => `一个会话只有一个文件夹：已打开“${folder}”，其他文件夹没有打开。`,
    impact: '没有发送任何内容。',
    next: '请为其余每个文件夹新开一个窗口，再拖进去。',
  },
  notTaken: {
    message: '这里只能放文件夹。',
    impact: '文件没有被读取或上传。',
    next: '要附加文件，请打开会话并把文件拖到对话上。',
  },
} satisfies Translation<typeof english>;
