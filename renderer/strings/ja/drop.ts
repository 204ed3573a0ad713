import type { dropStrings as english } from '../en/drop.ts';
import type { Translation } from '../languages.ts';

export const dropStrings = {
  files: 'ドロップして添付',
  filesOrFolder: 'ファイルはドロップすると添付され、フォルダーはそこでセッションを始めます',
  folder: 'フォルダーをドロップすると、そこでセッションを始めます',
  nothingSent: '下書きになります。自分で送信するまで何も送られません。',
  unseen: {
    message: (folder) =>
      `フォルダー「${folder}」は開かれませんでした。ブラウザーはフォルダーの場所をページに教えません。`,
    impact: '中身は読み取りもアップロードもされておらず、書いた内容はそのまま残っています。',
    next: '「新しいセッション」を選んで「参照」でフォルダーを探すか、Quarterdeck アプリのウィンドウにドロップしてください。',
  },
  nowhere: {
    message: (folder) => `フォルダー「${folder}」は開かれませんでした。このディスク上に場所がありません。`,
    impact: '何も変更されておらず、書いた内容はそのまま残っています。',
    next: 'アーカイブや電話の中にある場合は、先にこのコンピューターへコピーし、そのコピーをドロップしてください。',
  },
  onlyFirst: {
    message: (folder) => `セッションのフォルダーは一つです。「${folder}」を開き、ほかのフォルダーは開きませんでした。`,
    impact: '何も送信されていません。',
    next: 'ほかのフォルダーは、それぞれ新しいウィンドウを開いてドロップしてください。',
  },
  notTaken: {
    message: 'ここにドロップできるのはフォルダーだけです。',
    impact: 'ファイルは読み取りもアップロードもされていません。',
    next: 'ファイルを添付するには、セッションを開いて会話の上にドロップしてください。',
  },
} satisfies Translation<typeof english>;
