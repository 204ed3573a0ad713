import type { DoctorSentences } from '../../../../main/protocol/sentences/doctor.ts';
import type { SaidOf } from '../../said.ts';

const states: Record<string, string> = {
  not_found: '未找到',
  not_signed_in: '未登录',
  too_old: '版本过旧',
  broken: '已损坏',
};
const shell = (electron: string) => (electron ? `Electron ${electron}，` : '');

export const doctor: SaidOf<DoctorSentences> = {
  'doctor.runtime': ({ version, electron, node }) => [`版本 ${version}，${shell(electron)}Node ${node}。`],
  'doctor.runtimeOld': ({ version, electron, node, needed }) => [
    `版本 ${version}，${shell(electron)}Node ${node}。`,
    '',
    `需要 Node ${needed} 或更高版本。请用 \`npm start\` 启动，它自带 Node。`,
  ],
  'doctor.home': ({ home }) => [`${home} 可以写入。`],
  'doctor.homeUnwritable': ({ home, code }) => [
    `${home} 无法写入（${code}），因此无法保存新内容。`,
    '',
    '请让此用户可以写入该文件夹，或用 --home 选择其他文件夹。',
  ],
  'doctor.disk': ({ free }) => [`数据文件夹所在磁盘的可用空间为 ${free}。`],
  'doctor.diskLow': ({ free, home }) => [
    `数据文件夹所在磁盘的可用空间为 ${free}。`,
    '',
    `请在 ${home} 所在的磁盘上腾出空间。`,
  ],
  'doctor.diskUnknown': ({ code }) => [`无法读取可用空间（${code}）。`],
  'doctor.database': ({ size }) => [`完好，${size}。`],
  'doctor.databaseDamaged': ({ file, why }) => [
    `${file} 已损坏（“${why}”）。`,
    '',
    '请关闭 Quarterdeck 再重新启动：它会把损坏的文件放到一边，并打开最新的备份。',
  ],
  'doctor.databaseReadable': ({ file, size }) => [
    `完好，${size}，但这台计算机的其他用户可以读取 ${file}。`,
    '',
    `请收回权限：chmod 600 "${file}"`,
  ],
  'doctor.databaseUnchecked': ({ file, code }) => [
    `无法检查 ${file}（${code}）。`,
    '',
    '请查看该文件是否存在并属于此用户。',
  ],
  'doctor.gateway': ({ url }) => [`正在 ${url} 监听。`],
  'doctor.noGateway': ['没有监听：此命令独立运行，没有应用。'],
  'doctor.provider': ({ what, version, drift, account, own, path }) => [
    `${[
      { built_in: '内置，无需其他内容', checking: '仍在查找', ready: '就绪' }[what] ?? what,
      version && `版本 ${version}${drift ? `（比此应用试用过的版本${drift === 'newer' ? '新' : '旧'}）` : ''}`,
      account,
      own && '由此应用安装',
      path,
    ]
      .filter(Boolean)
      .join('，')}。`,
  ],
  'doctor.providerNotReady': ({ state }) => [`未就绪（${states[state] ?? state}）。`],
  'doctor.providersFailed': ({ code }) => [`无法查找智能体（${code}）。`],
  'doctor.keys': ({ where, stored }) => [
    `${where === 'keychain' ? '新密钥由系统钥匙串保存' : '新密钥以加密方式保存，数据文件夹中的密钥文件只有此用户可以读取（这里没有系统钥匙串）'}。已存储：${stored || '无'}。`,
  ],
  'doctor.keysBroken': ({ names }) => [
    `无法读取存储的 API 密钥：${names}。`,
    '',
    '请重新存储密钥，或让钥匙串或密钥文件恢复可读。',
  ],
  'doctor.understood': ['智能体所说的内容全部理解。'],
  'doctor.notUnderstood': ({ count, who }) => [
    `有 ${count} 种消息无法理解（${who}）。它们保留在会话记录中，并以普通行显示。`,
    '',
    '请查看 Quarterdeck 是否有更新的版本。',
  ],
};
