import type { FileSentences } from '../../../../main/protocol/sentences/files.ts';
import type { SaidOf } from '../../said.ts';

const noSession = '没有在那里打开会话；没有任何变化。';
const notKept = '文件没有保留。';
const notAttached = '文件没有附上。';
const attachAgain = '请重新附上文件。';
const sendAgain = '请重新发送。';
const full = 'Quarterdeck 文件夹所在的磁盘已满。';
const makeRoom = '请腾出空间，然后重试。';
const doctor = '请运行“quarterdeck doctor”查看原因。';
const notRead = '没有读取任何内容。';
const storedSafe = '无法保存新内容。之前保存的内容是安全的。';
const wait = '请等它们结束，然后重试。';
const busy = '正在进行的上传过多。';
const otherFolder = '也可以选择其他文件夹。';
const listAgain = '请再看一下列表；它可能已变化。';
const anewPath = '请从列表中选择文件夹，或重新输入路径。';
const stillHave = '如果你还有该文件，请重新附上。';
const notStored = (code: string) => `无法保存文件${code ? `（${code}）` : ''}。`;

export const files: SaidOf<FileSentences> = {
  'storage.full': [full, storedSafe, '请腾出空间，然后重试；仍在到达的内容会在此之前保存在内存中。'],
  'storage.failed': ['无法写入数据库。', storedSafe, '请运行“quarterdeck doctor”查看原因，然后重试。'],
  'database.recovered': ({ damaged, backup, file }) => [
    damaged ? '数据库已损坏。' : '数据库不见了。',
    backup
      ? `已打开 ${backup} UTC 的备份；之后的内容在这里缺失，API 密钥和权限也是当时的状态。`
      : '没有完整的备份，因此 Quarterdeck 以空的会话列表开始。',
    damaged
      ? `损坏的文件以 ${file} 保留在新文件旁边；SQLite 恢复工具通常可以读取它。`
      : '如果你移动了它，请关闭 Quarterdeck，将它放回为 quarterdeck.db，然后重新启动。',
  ],
  'folder.notGiven': ['没有指定文件夹。', noSession, '请选择文件夹。'],
  'folder.pathTooLong': ['文件夹的路径太长。', noSession, anewPath],
  'folder.controlCharacters': ['文件夹的路径不可用：其中含有控制字符。', noSession, anewPath],
  'folder.notFullPath': ({ path }) => [
    `“${path}”不是完整路径。`,
    noSession,
    '请写出以 /（或以 ~ 表示主文件夹）开头的完整路径。',
  ],
  'folder.isFile': ({ path }) => [`${path} 是文件，不是文件夹。`, noSession, '请选择它所在的文件夹。'],
  'folder.none': ({ path }) => [`没有文件夹 ${path}。`, noSession, `请检查拼写，或创建该文件夹。${otherFolder}`],
  'folder.circle': ({ path }) => [`路径 ${path} 是循环的链接。`, noSession, `请修复该链接。${otherFolder}`],
  'folder.notWritable': ({ path }) => [
    `文件夹 ${path} 可以读取，但无法写入。`,
    '没有在那里打开会话：智能体无法更改其中的任何内容。',
    `请为自己授予写入权限。${otherFolder}`,
  ],
  'folder.unreadable': ({ path }) => [`无法打开文件夹 ${path}。`, noSession, `请为自己授予读取权限。${otherFolder}`],
  'folder.noAnswer': ({ path }) => [
    `文件夹 ${path} 没有响应。`,
    noSession,
    '如果它在网络或可移动磁盘上，请重新连接，然后重试。',
  ],
  'files.changed': ['读取前一部分之后，文件发生了变化。', '已读取的内容与现在的内容不一致。', '请从头读取该文件。'],
  'files.tooManyPieces': ['一次请求的文件片段过多。', '此片段不会到来。', '请在前一片段到达后再请求下一片段。'],
  'files.outside': [
    '该路径指向的文件不在此凭据可读取的文件夹中。',
    notRead,
    '请指定你的某个会话文件夹中的文件，或你上传的文件。',
  ],
  'files.none': ['没有这个文件。', notRead, '请检查路径；文件夹和特殊文件无法下载。'],
  'files.noSession': ['没有这个会话。', notRead, '请查看会话列表。'],
  'files.forbidden': ['系统不允许 Quarterdeck 读取此文件。', notRead, '请检查文件的权限。'],
  'files.noAttachment': ['此会话中没有这个文件。', '无法显示它。', stillHave],
  'files.attachmentGone': ['此附件的文件已不在 Quarterdeck 文件夹中。', '无法显示它。', stillHave],
  'upload.notAForm': [
    '请求正文不是带文件的表单（multipart/form-data）。',
    notKept,
    '请将文件作为“file”部分发送，例如 curl -F file=@photo.png。',
  ],
  'upload.otherParts': [
    '表单中有“file”以及其后可选的“caption”之外的部分。',
    notKept,
    '请先发送“file”部分，其后只发送“caption”。',
  ],
  'upload.cutOff': ['上传在文件结束之前中断了。', notKept, sendAgain],
  'upload.stalled': ['30 秒内没有收到更多上传内容。', notKept, sendAgain],
  'upload.tooLarge': ({ mebibytes }) => [
    `文件大于 ${mebibytes} MiB。`,
    notKept,
    '请发送较小的文件，或在设置中提高上限。',
  ],
  'upload.diskFull': [full, notKept, makeRoom],
  'upload.notStored': ({ code }) => [notStored(code), notKept, doctor],
  'upload.tooMany': [busy, notKept, wait],
  'upload.keyFull': ['此密钥上传的内容已达到可在这里保留的上限。', notKept, '请移除不再需要的内容，或等待其自动删除。'],
  'upload.sameName': ['今天同名的文件过多。', notKept, '请为文件换一个名称。'],
  'attach.unknownUpload': ['这里不（再）认识此上传。', notAttached, attachAgain],
  'attach.diskFull': [full, notAttached, makeRoom],
  'attach.notStored': ({ code }) => [notStored(code), notAttached, doctor],
  'attach.tooMany': [busy, notAttached, wait],
  'attach.keyFull': [
    '此密钥未发送就上传的内容已达到上限。',
    notAttached,
    '请随消息发送已上传的内容，或明天再试：未发送的内容一天后会移除。',
  ],
  'attach.badPiece': ['文件的一个片段不是 base64，或太大。', notAttached, attachAgain],
  'attach.otherSize': ['文件的大小与开始时不同。', notAttached, attachAgain],
  'attach.tooLong': ['文件比声明的更长。', notAttached, attachAgain],
  'imports.off': ['这里不读取 CLI 自己的对话。', '没有打开会话。', '请在设置中开启读取。'],
  'imports.notOpened': ['存档中没有这段对话。', '没有打开会话。', listAgain],
  'imports.notShown': ['存档中没有这段对话。', '没有显示任何内容。', listAgain],
  'imports.vaultUnreadable': [
    '无法读取你的 CLI 对话存档。',
    '你在这里的会话和 CLI 自己的文件不受影响。',
    '请重新启动 Quarterdeck；如果仍然如此，请查看日志文件（设置中会显示其位置）。',
  ],
  'imports.vaultDamaged': ({ file }) => [
    '你的 CLI 对话存档已损坏。',
    '正在从 CLI 自己的文件重新填充。你在这里的会话不受影响；文件已不存在的对话会缺失。',
    `损坏的文件已保留为 ${file}。`,
  ],
  'kv.none': ['没有这个键，或它已过期。', '没有读取或更改任何内容。', '请查看此智能体的键列表。'],
};
