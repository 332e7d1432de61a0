/** What the page on trusting a hall says in Chinese; no other page carries these words. */
import type { Guide } from '../../../domain/wire/trust.ts';

export interface GuideWords {
  title: string;
  /** In order; a line that begins with `$ ` is typed as it stands. */
  steps: readonly string[];
}

const guides: Readonly<Record<Guide, GuideWords>> = {
  windows: {
    title: 'Windows 电脑',
    steps: [
      '核对文件：在“下载”文件夹的地址栏输入 cmd 回车，在黑窗口里输入下面一行，看结果是不是上面的指纹。',
      '$ certutil -hashfile hall-authority.crt SHA256',
      '双击 hall-authority.crt，点“安装证书”，选“本地计算机”（没有管理员密码就选“当前用户”）。',
      '选“将所有的证书都放入下列存储”，点“浏览”，选“受信任的根证书颁发机构”，确定，直到完成。',
      '完全退出浏览器，再打开。Chrome、Edge、360、奇安信浏览器都按系统的信任来。',
    ],
  },
  android: {
    title: '安卓手机、平板（含华为）',
    steps: [
      '打开“设置”，搜索“CA 证书”。一般在：安全 → 更多安全设置 → 加密与凭据 → 安装证书（从存储设备安装）→ CA 证书。',
      '提示“您的数据可能不私密”时，点“仍然安装”，选刚下载的 hall-authority.crt。没有锁屏密码的要先设一个。',
      '回到“加密与凭据” → 信任的凭据 → 用户，点开这张证书，核对 SHA-256 指纹。不一样，马上删除。',
      '用系统浏览器或 Chrome 打开；微信里打开不认自己装的证书。',
    ],
  },
  uos: {
    title: '统信 UOS、银河麒麟',
    steps: [
      '核对文件：在“下载”文件夹里右键“在终端中打开”，输入下面一行，看结果是不是上面的指纹。',
      '$ sha256sum hall-authority.crt',
      '浏览器里：设置 → 隐私和安全 → 安全 → 管理证书 → 授权机构 → 导入，选这个文件，勾选“信任该证书，以标识网站”。',
      '也可以在同一个终端里装（缺 certutil 时先装 libnss3-tools）：',
      '$ mkdir -p ~/.pki/nssdb',
      '$ certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n hallpulse -i hall-authority.crt',
      '完全退出浏览器，再打开。每个登录这台电脑的账户要各装一次。',
    ],
  },
  ios: {
    title: 'iPhone、iPad',
    steps: [
      '用 Safari 打开本页下载，点“允许”。再到“设置” → 已下载描述文件 → 安装。',
      '安装前点“更多详细信息”，点开证书，核对 SHA-256 指纹。',
      '“设置” → 通用 → 关于本机 → 证书信任设置，打开这张证书的开关。不开这个开关不算信任。',
    ],
  },
  other: {
    title: '火狐浏览器',
    steps: [
      '设置 → 隐私与安全 → 查看证书 → 证书颁发机构 → 导入，勾选“信任由此证书颁发机构来标识网站”。',
      '勾选前点“查看”，核对 SHA-256 指纹。',
    ],
  },
};

export const trust = {
  date: (year: string, month: string, day: string) => `${year}年${Number(month)}月${Number(day)}日`,
  title: '信任本大厅',
  lead: '在这台设备上装一次本大厅的证书，以后打开大厅的页面就是加密的，密码和口令别人看不到。每台设备只需装一次，证书到期更换也不用重装。',
  loading: '正在读取…',
  unreachable: '连不上大厅的服务器，请确认这台设备接的是大厅的网络。',
  none: {
    title: '本大厅还没有证书',
    lead: '请在服务器上、程序所在的文件夹里运行下面一行，再重新启动程序：',
    command: 'npm run certificate',
    after: '然后刷新本页。',
  },
  compare: {
    title: '核对指纹，下载证书',
    lead: '请走到服务器前，看 npm run certificate 印出的指纹是不是这一串。大小写、空格、冒号不用管，其余一位都不能差。',
    warning: '不一样就不要安装：有人在中间换了证书，装了它，这台设备上去任何网站都可能被看到。请马上告诉管理员。',
    hint: '最稳妥的是核对装进设备的那一份：各系统的步骤里写了在哪里看。',
  },
  download: '下载证书',
  file: 'hall-authority.crt',
  inList: (title: string, until: string) => `设备里显示为“${title}”，有效期到 ${until}。`,
  stepsTitle: '按系统安装',
  guides,
  thisDevice: '这台设备',
  check: {
    title: '装好以后',
    open: '用加密地址打开',
    secure: '现在已经是加密连接。地址栏没有“不安全”的提示，就说明装好了。',
    names: (names: string) => `只有这些名称和地址能用加密打开：${names}。`,
    until: (day: string) => `服务器的证书有效期到 ${day}，到期前要在服务器上再运行一次 npm run certificate。`,
    notServed: '证书已经做好，服务器还没有用上：请重新启动程序。',
  },
  only: {
    title: '没有加密，这些用不了',
    lead: '不装证书也能办业务，但是：',
    items: [
      '断网时，工作台打不开新页面：已经打开的可以继续录，关掉就要等网络恢复。',
      '复制按钮用不了：要自己选中文字再复制。',
      '不能把工作台装成桌面上的应用。',
      '大屏不能自己保持常亮：要在系统里关掉休眠。',
      '同一网络里有人偷听的话，密码会被看到。',
    ],
  },
  other: 'English',
};

export type TrustWords = typeof trust;
