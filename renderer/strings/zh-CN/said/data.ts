import type { DataSentences } from '../../../../main/protocol/sentences/data.ts';
import type { YesNo } from '../../../../main/protocol/sentences/plain.ts';
import type { SaidOf } from '../../said.ts';

const nothing = '没有任何变化。';
const another = '请选择其他文件。';
const next = (full: YesNo) => (full ? '请在磁盘上腾出空间，然后重试。' : '请查看详情，然后重试。');

export const data: SaidOf<DataSentences> = {
  'data.taskRunning': ['数据正在进行其他操作。', nothing, '请等它结束，然后重试。'],
  'data.noTask': ['没有这个操作，或此后已开始了另一个。', nothing, '请查看数据概览。'],
  'data.noBackup': ['没有这个备份。', nothing, '请再看一下列表，或用绝对路径指定文件。'],
  'data.notAbsolute': ['存档的位置必须用绝对路径指定。', '没有写入任何内容。', '请指定文件夹，或一个尚不存在的文件。'],
  'data.unreadable': ['无法读取该文件。', nothing, '请检查文件是否存在且属于你，然后重试。'],
  'data.noDatabase': ['此文件不是 Quarterdeck 的备份：它不是数据库。', nothing, another],
  'data.foreign': [
    '此文件不是 Quarterdeck 的备份：其中有 Quarterdeck 不会创建的部分。',
    nothing,
    '请选择由 Quarterdeck 写入的文件。',
  ],
  'data.newer': ['此备份由更新版本的 Quarterdeck 创建。', nothing, '请更新 Quarterdeck，然后再恢复。'],
  'data.damaged': ['此备份已损坏。', nothing, '请选择其他备份；列表中的备份在创建时都经过检查。'],
  'data.altered': ['此备份中的记录被改动过：与其哈希不符。', nothing, '请选择其他备份；详情中会指出是哪个会话。'],
  'data.backupFailed': ({ full }) => ['无法创建备份。', '没有新的备份；原有的备份保持不变。', next(full)],
  'data.lookFailed': ({ full }) => ['无法查看备份的内容。', nothing, next(full)],
  'data.restoreFailed': ({ full }) => ['无法复制备份。', '没有任何变化；不会进行恢复。', next(full)],
  'data.exportFailed': ({ full }) => ['无法写入存档。', '没有存档；你的会话保持不变。', next(full)],
  'data.retentionFailed': ({ full }) => ['无法删除已归档的会话。', '未删除的内容保持不变。', next(full)],
  'data.copyAltered': ({ detail }) => [`记录与其哈希不符（${detail}）。`],
  'data.copyForeign': ({ detail }) => [`数据库中有不属于本应用的部分（${detail}）。`],
  'data.notRestored': ({ name }) => [
    `无法恢复备份 ${name}。`,
    '没有任何变化：一切与之前相同。',
    '请查看详情，然后在“设置 > 数据”中重新选择它。',
  ],
  'data.restored': ({ made, name, before, aside, lost }) => [
    `已恢复${made && ` ${made} UTC 的`}备份（${name}）。`,
    `${
      before === ''
        ? '之前这里没有内容。'
        : aside
          ? `之前在这里的损坏文件已保留为 ${before}。`
          : `之前在这里的内容以 ${before} 保留在备份列表中。`
    }${lost === 0 ? '' : `缺少消息的 ${lost} 个文件：此磁盘上已找不到所发送的内容。`}密钥、设备、登录和长期许可与恢复前相同。`,
    '要返回，请在“设置 > 数据”中恢复那个副本。已归档的会话不会自动删除，除非你在那里开启。',
  ],
};
