import type { AccessSentences } from '../../../../main/protocol/sentences/access.ts';
import type { SaidOf } from '../../said.ts';

const unchanged = '没有任何更改。';
const nothing = '没有读取或更改任何内容。';
const notMade = '没有创建或更改任何内容。';
const lookAgain = '请再看一下列表。';
const notSignedIn = '此浏览器没有登录；其他没有变化。';
const noTls = 'TLS 没有启用；没有任何更改。';
const pemFiles = '请指定证书的 PEM 文件及其密钥的 PEM 文件（不带密码）。';
const socketOnly = '本地程序无法使用它；其他一切正常。';
const again = '请从登录页面重新开始。';
const otherWay = '也可以用其他方式登录。';
const protects = '没有读取或更改任何内容；这可以保护你的会话不受网页侵害。';
const noDoor = '浏览器和脚本无法访问 Quarterdeck；已保存的内容不受影响。';
const less = '请减少授予的内容，或请所有者在窗口中操作。';
const devicesWait = '在解决之前，设备无法连接或配对；窗口、这台计算机上的浏览器和密钥照常工作。没有替换任何内容。';
const attacked = '请重新连接；如果再次发生，可能有人在篡改你发送的内容。';
const whats = { key: '密钥', device: '设备', pairing: '配对', session: '会话' };

export const access: SaidOf<AccessSentences> = {
  'access.notFound': ({ what }) => [`没有这个${whats[what]}，或它已不存在。`, unchanged, lookAgain],
  'access.stillGood': ({ what }) => [
    `此${whats[what]}仍可使用。`,
    '没有将它从列表中移除。',
    what === 'key' ? '请先吊销该密钥。' : '请先撤销该设备的访问。',
  ],
  'access.rotatedBefore': ({ successor }) => [
    `此密钥之前已轮换；已由密钥 ${successor} 取代。`,
    '没有生成新的密文。',
    `如果密文已丢失，请轮换密钥 ${successor}。`,
  ],
  'access.keyOver': ['此密钥已吊销或已过期。', '没有生成新的密文。', '请创建新密钥。'],
  'access.madeBefore': ({ id }) => [
    `此密钥在该请求第一次尝试时已创建：${id}`,
    '没有创建第二个密钥。密文只显示一次，不会再次显示。',
    `如果没有收到第一次尝试的答复，请轮换密钥 ${id}。`,
  ],
  'access.alreadyOver': ['该访问会在开始之前就结束。', notMade, '请选择将来的时间，或不设期限。'],
  'access.noAddressForDevices': [
    '此应用没有可供连接的地址。',
    '设备无法连接，因此没有提供配对。',
    '请带网关启动，并允许网络上的其他设备访问（设置中的设备）。',
  ],
  'scope.tooMuch': ({ scopes }) => [`这会授予超出此凭据所有的内容：${scopes}`, notMade, less],
  'scope.tooWide': ['这会授予超出此凭据所有的内容：其范围之外的文件夹或会话。', notMade, less],
  'scope.tooLong': ['这会授予超出此凭据所有的内容：超过其期限的时间。', notMade, less],

  'gateway.unauthorized': ({ reason }) => [
    reason === 'missing' ? '此操作需要登录，但没有登录。' : '凭据无效、已吊销或已过期。',
    nothing,
    '在浏览器中请重新登录；在 Quarterdeck 所在的计算机上启动它会显示新链接。在脚本中请发送“Authorization: Bearer <key>”。',
  ],
  'gateway.rateLimited': ({ seconds }) => [
    '登录失败次数过多。',
    '这一次被拒绝；出示有效凭据的人不受影响。',
    `请等待 ${seconds} 秒，然后用新的链接或密钥尝试一次。`,
  ],
  'gateway.tooManyRequests': ({ seconds }) => [
    '此密钥的请求超过了设置允许的数量。',
    '这一次没有执行；正在运行的轮次会继续。',
    `请等待 ${seconds} 秒，然后放慢速度继续。`,
  ],
  'gateway.linkUsed': [
    '此链接已使用过，或已超过十分钟。',
    notSignedIn,
    '请在这台计算机上再次启动 Quarterdeck：它会找到正在运行的实例并显示新链接。',
  ],
  'gateway.signInNotKept': [
    '这台计算机的磁盘已满或无法写入，因此无法保存登录。',
    '此浏览器尚未登录；链接没有用掉。',
    '请腾出空间，然后再次打开同一链接。',
  ],
  'gateway.needsOwnPage': ['只有此网关的页面可以这样做。', unchanged, '请在浏览器中打开该页面进行操作。'],
  'gateway.linkNotPrivate': [
    '此地址只在这台计算机上或通过 TLS 答复。',
    '没有读取或更改任何内容；发送的内容可能在网络上被读取。',
    '请用二维码配对此设备（其消息是加密的），或在设置的网络中启用 TLS。',
  ],
  'gateway.noSuchRoute': ['此地址没有任何内容。', nothing, '此网关答复的内容列在 docs/protocol.md 中。'],
  'gateway.tooManyConnections': ({ limit }) => [
    `已打开 ${limit} 个连接，达到上限。`,
    '此连接已关闭；会话会继续。',
    '请关闭不需要的页面或脚本；此页面会自动重试。',
  ],
  'gateway.portTaken': ({ port, host, other }) => [
    `${host} 上的端口 ${port} 被另一个程序占用。`,
    noDoor,
    `请用其他端口启动（--port ${other}），或停止使用 ${port} 的程序。`,
  ],
  'gateway.portForbidden': ({ port }) => [
    `系统不允许 Quarterdeck 打开端口 ${port}。`,
    noDoor,
    '请使用 1024 或以上的端口启动，例如 --port 8741。',
  ],
  'gateway.noSuchAddress': ({ host }) => [
    `这台计算机没有地址 ${host}。`,
    noDoor,
    '请不带 --host 启动，这样会使用 127.0.0.1。',
  ],
  'gateway.notAnAddress': ({ host }) => [
    `${host} 不是计算机的地址。`,
    '网关没有启动。',
    '请不带 --host 启动，或指定这台计算机的地址，例如 --host 192.168.1.10。',
  ],
  'gateway.noAddressForBrowsers': [
    '此应用没有可供连接的地址。',
    '浏览器无法进入。',
    '请用“npm run serve”启动，或使用窗口。',
  ],
  'admission.otherName': [
    '请求使用了不属于这台计算机的名称。',
    protects,
    '请使用 Quarterdeck 显示的地址，或将此名称添加到允许的名称中。',
  ],
  'admission.otherPage': ({ origin }) => ['发出请求的页面不是由此网关提供的。', protects, `请使用 ${origin} 的页面。`],
  'admission.sentByPage': ({ origin }) => ['另一个页面让浏览器发送了此请求。', protects, `请使用 ${origin} 的页面。`],
  'sealed.unreadable': ['无法打开一个帧：它被篡改、截断，或没有用此连接的密钥加密。', '', attacked],
  'sealed.replayed': ['一个帧重复到达、顺序错误，或从去处返回。', '', attacked],

  'lan.noCredential': [
    '没有设置任何阻挡外人的措施：没有 API 密钥、设备或密码。',
    '网关没有向网络开放。',
    '请不带 --host 启动，配对设备或创建 API 密钥，然后再带 --host 启动。',
  ],
  'lan.noSuchInterface': ({ names }) => [
    `这台计算机没有名为 ${names} 的网络接口，或它现在没有地址。`,
    unchanged,
    '请从接口列表中选择。',
  ],
  'lan.notSaved': ['磁盘没有接受网关的设置。', '没有任何更改：它仍在原处监听。', '请腾出空间，然后重试。'],
  'lan.noSuchConnection': ['没有这个连接，或它已结束。', unchanged, lookAgain],
  'lan.noGateway': ['此应用没有可供连接的地址。', unchanged, '请用“npm run serve”启动，或使用窗口。'],
  'lan.addressGone': ['这台计算机现在没有此地址。会继续监听一段时间，以防地址恢复。'],
  'lan.noAnswer': ['没有答复。可能被这台计算机上的防火墙拦截。'],
  'lan.notCalled': ({ code }) => [`无法访问（${code}）。`],
  'lan.otherCertificate': ['那里出示的证书不是我们的。'],
  'lan.otherProgram': ({ status }) => [`它以状态 ${status} 答复：那里可能是另一个程序。`],
  'certificate.notMade': ['无法生成证书。', noTls, '请查看日志文件；或使用自己的证书。'],
  'certificate.notOne': ['证书文件中没有证书（PEM）。', noTls, pemFiles],
  'certificate.otherKey': ['密钥不属于该证书。', noTls, pemFiles],
  'certificate.noKey': ['密钥文件中没有可读取的私钥。', noTls, pemFiles],
  'certificate.over': ({ date }) => [`证书已过期（${date}）。`, noTls, '请续期，然后重试。'],
  'certificate.notYet': ({ date }) => [`证书尚未生效（自 ${date} 起）。`, noTls, '请检查这台计算机的时钟，或等待。'],
  'certificate.notNamed': ['没有指定证书和密钥。', noTls, '请指定两个文件，或在这里生成证书。'],
  'certificate.unreadable': ({ path }) => [
    `无法读取 ${path}。`,
    noTls,
    '请检查该文件是否存在，以及此用户是否可以读取。',
  ],
  'certificate.otherName': ({ names }) => [
    `证书用于 ${names}，而此网关不使用其中任何名称。`,
    noTls,
    '请将证书的名称添加到网关可用的名称中，或使用其他证书。',
  ],
  'socket.tooLong': ({ path, bytes }) => [
    `套接字 ${path} 的路径超过系统允许的 ${bytes} 字节。`,
    socketOnly,
    '请使用路径较短的数据文件夹。',
  ],
  'socket.notOurs': ({ path }) => [`无法打开套接字 ${path}：那里有其他内容。`, socketOnly, '请查看并将其移走。'],
  'socket.inUse': ({ path }) => [`套接字 ${path} 正被另一个程序使用。`, socketOnly, '请结束该程序，然后重试。'],

  'identity.notHere': ({ box }) => [
    box === 'keychain'
      ? '网关自己的密钥由带窗口的应用创建，存放在系统钥匙串中，从这里无法打开。'
      : `网关自己的密钥由另一版本的 Quarterdeck 创建（${box}）。`,
    devicesWait,
    '请使用带窗口的 Quarterdeck，或用 --home 使用其他数据文件夹并在那里配对设备。',
  ],
  'identity.cannotOpen': [
    '无法打开网关自己的密钥，已配对的设备靠它识别网关。',
    devicesWait,
    '请解锁钥匙串，或从备份恢复 Quarterdeck 文件夹中的“secrets.key”文件，然后重试。',
  ],
  'identity.notKept': [
    '无法保存网关自己的密钥。',
    '在解决之前无法配对设备。',
    '请解锁钥匙串或修复“secrets.key”文件，然后重试。',
  ],
  'token.repaired': ({ path, broken }) => [
    broken === 'exposed' ? `这台计算机的其他用户可以读取 ${path}。` : `${path} 中没有令牌。`,
    '已生成新令牌，旧令牌失效；浏览器和 API 密钥仍保持登录。',
    broken === 'exposed'
      ? '请找出是什么放宽了该文件夹的权限（备份或同步工具），并保持其私密。'
      : '无需操作；复制了旧令牌的脚本需要重新读取文件。',
  ],

  'signIn.wrongPassword': [
    '密码不正确。',
    '没有打开或更改任何内容。',
    '请重新输入。如果忘记，所有者可在窗口中设置新密码，或在计算机上使用“quarterdeck password”。',
  ],
  'signIn.noPassword': ['这里没有设置密码。', '此浏览器没有登录。', '请用其他方式登录，或在设置的登录中设置密码。'],
  'signIn.passwordTooShort': [
    '密码需要 8 到 1000 个字符。',
    unchanged,
    '请选择更长的密码；由几个词组成的句子容易输入，又难以猜到。',
  ],
  'signIn.tooManyWaiting': ['此刻有很多人在登录。', '没有检查密码；也没有计为错误。', '请几秒后重试。'],
  'signIn.setupDone': [
    '首次设置之前已完成。',
    unchanged,
    '请用当时设置的密码或密钥登录，或用链接登录：在计算机上运行“quarterdeck open”。',
  ],
  'signIn.wrongSetupCode': [
    '设置码不正确，或已过期。',
    '没有进行设置。',
    '请从启动 Quarterdeck 的终端，或其数据文件夹中的“setup-code”文件复制。',
  ],
  'signIn.noSuchLogin': ['没有这个登录，或它已结束。', unchanged, lookAgain],
  'signIn.tooManyAttempts': ({ minutes }) => [
    '来自此地址的错误密码过多。',
    '没有检查密码的对错。',
    `请等待 ${minutes} 分钟后尝试一次；或用链接等其他方式登录。`,
  ],
  'oidc.notUnderWay': ['此登录不是在此浏览器中开始的、之前已完成，或超过了五分钟。', notSignedIn, again],
  'oidc.stateMismatch': [
    '身份提供商的答复属于另一次登录。',
    notSignedIn,
    `${again}如果是消息中的链接把你带到这里，请不要再使用它。`,
  ],
  'oidc.noCode': ['身份提供商没有发送代码。', notSignedIn, again],
  'oidc.providerRefused': ({ host, cancelled }) => [
    cancelled ? `登录在 ${host} 被取消，或被 ${host} 拒绝。` : `${host} 无法完成登录。`,
    notSignedIn,
    `${again}${otherWay}`,
  ],
  'oidc.unsafeIssuer': ({ issuer }) => [
    `身份提供商的地址（${issuer}）不是以 https:// 开头。`,
    '没有人能用它登录：通过普通 HTTP，答复可能在途中被读取和更改。',
    '请给出它的 https:// 地址。只有这台计算机上（127.0.0.1）的提供商可以使用 http://。',
  ],
  'oidc.providerUnreachable': ({ host }) => [
    `无法连接身份提供商 ${host}，或它的答复不像身份提供商。`,
    notSignedIn,
    `请稍后重试。${otherWay}所有者可以在设置的登录中测试该地址。`,
  ],
  'oidc.tokenRefused': ({ host }) => [
    `${host} 发送的内容不是可信的证明。`,
    notSignedIn,
    `${again}如果再次发生，所有者应在设置的登录中检查颁发者、客户端和密文。`,
  ],
  'oidc.noEmail': ({ host }) => [
    `${host} 没有提供此账户的电子邮件地址。`,
    notSignedIn,
    `请询问此 Quarterdeck 的所有者。${otherWay}`,
  ],
  'oidc.unverified': ({ host }) => [
    `${host} 尚未验证此账户的电子邮件地址。`,
    notSignedIn,
    `请在 ${host} 验证该地址，然后从登录页面重新开始。`,
  ],
  'oidc.notAllowed': ({ email }) => [
    `${email} 不在可以登录此处的名单上。`,
    notSignedIn,
    '请用其他账户登录，或请所有者在设置的登录中添加此地址。',
  ],
  'oidc.notConfigured': ['这里没有设置身份提供商。', notSignedIn, '请返回登录页面：其中显示已设置的方式。'],
  'oidc.tooManyVisits': ['来自此地址的身份提供商登录过多。', notSignedIn, `请等待一分钟后重新开始。${otherWay}`],
  'oidc.secretNotHere': [
    '身份提供商的客户端密文是从应用窗口存入系统钥匙串的，从这里无法打开。',
    '没有人能在这里通过身份提供商登录；其他方式不受影响。',
    '请使用带窗口的 Quarterdeck，或在这里重新存储客户端密文。',
  ],
};
