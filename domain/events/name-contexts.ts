/** The words beside which people's names stand in a hall's texts, and those that make a name of something else. */

const words = (list: string): string[] => list.trim().split(/\s+/);

/** Whether a text begins or ends with a known word: looked up by length, since a long alternation is tried word by word. */
interface Words {
  test(text: string): boolean;
}

function wordsAt(list: string, cut: (text: string, length: number) => string): Words {
  const known = new Set(words(list));
  const lengths = [...new Set([...known].map((word) => word.length))];
  return { test: (text) => lengths.some((length) => known.has(cut(text, length))) };
}

const atStart = (list: string): Words => wordsAt(list, (text, length) => text.slice(0, length));
const atEnd = (list: string): Words => wordsAt(list, (text, length) => text.slice(-length));

/** How people are called; behind a surname alone it names nobody: that is how a hall writes when it leaves a name out. */
const TITLES =
  '先生 女士 小姐 同志 老人 师傅 老师 经理 医生 大夫 护士 律师 警官 主任 书记 校长 园长 院长 所长 科长 处长 局长 站长 队长 组长 店长 厂长 ' +
  '总监 董事长 老板 老板娘 阿姨 大爷 大妈 大娘 大叔 大伯 大婶 大哥 大姐 老伯 伯伯 叔叔 婶婶 奶奶 爷爷 婆婆 公公 妈妈 爸爸 先森 ' +
  '同学 教授 工程师 会计 社工 夫妇 夫妻 一家 家属 家长 父子 母子 母女 父女 兄弟 姐妹 姐弟 本人 老先生 老太太 太太 夫人 ' +
  '阿公 阿婆 阿伯 阿叔 阿嬷 阿爷 阿嫂 伯母 伯父 大嫂 大姨 婶子 师姐 师兄 帅哥 美女 姑娘 小姑娘 師傅 老師 經理 醫生 護士 律師 書記 小朋友';
/** Behind a surname alone, but hardly behind a whole name. */
const SHORT_TITLES = '某 氏 工 姨 叔 伯 哥 姐 嫂 婶 爷 奶 妈 爸 队 局 处 科 总';
/** What people do in a hall's notes. */
const DEEDS =
  '来电 来访 来信 来办 来窗口 来大厅 来厅 来取 来问 致电 反映 反应 投诉 咨询 表示 认为 建议 要求 申请 前来 举报 询问 称 说 讲 提出 提交 提供 签字 签收 签名 ' +
  '来電 來電 來訪 反映 投訴 諮詢 稱 說 建議 取号 取件 领证 领取 补正 补交 补件 办理 预约 到场 到窗口 到厅 到大厅 未到 未接 未带 未携带 忘带 ' +
  '名下 持 因 请假 离岗 代办 代领 代签 在线 申報 满意 不满 对此 对窗口 对服务 对结果 电话 手机 身份证 住址 住在 家住 來窗口 辦理 領取 補交 補件 預約 滿意 詢問 請假 材料 资料 签 居住 委托 法定 所述 所说 所提 道歉 籍贯 国籍 银行卡 你好 您好 等居民 等人 等群众 ' +
  '办事 业务 态度 服务 耐心 热情 细心 认真 负责 真的 真是 确实 帮我 帮忙 帮了 给我 让我 叫我 教我 跟我 陪我 带我 告诉 通知我 下次 上次 今天 昨天 明天 后天 今早 今年 本月 上周 ' +
  '打来 打的 接的 接待 带队 上门 巡查 值班 当班 坐班 主讲 讲解 上班 下班 退休 离婚 结婚 登记 一起 从 走失 失联 来领 来拿 来补 来开 来交 来做 来盖 来签 ' +
  '没来 没有来 没办 没带 没接 没到 没领 不接 不配合 不在 还没 还给 才 是个 是位 是我 这个人 人很 人不错 两口子 一家 全家 调走 辛苦 处理 跟进 审核 復核 复核 签收 保管 代为 代他 代她 户口 名字';
/** What belongs to a person, behind 的. */
const BELONGINGS =
  '证件 身份证 居住证 老年证 老人证 残疾证 残疾人证 优待证 毕业证 出生证 结婚证 离婚证 驾驶证 驾照 退休证 护照 通行证 户口 社保 医保 档案 补贴 津贴 抚恤 低保 申请 材料 资料 复印件 ' +
  '手机 电话 号码 银行卡 存折 养老 退休 丧葬 遗属 工资 学位 学籍 快递 业务 态度 服务 名字 姓名 生日 签名 签字 女儿 儿子 孩子 小孩 妈妈 母亲 爸爸 父亲 爱人 妻子 丈夫 老婆 老公 家属 家人 监护 ' +
  '住址 地址 房子 房产 租赁 合同 钱包 包 预约 号 居住 落户 入户 转移 参保 缴费 待遇 资格 认证 生育 失业 公积金 公租房 劳动 工伤 病历 徒弟 师傅 同事 邻居 订单 单子 工单';
/** Words behind which a sentence may go on after any noun. */
const LINKS =
  '已 未 的 等 又 在 到 也 就 还 将 拟 要 想 需 被 把 向 给 和 与 跟 及 或 于 从 之 两 三 是 为 再 没 家 不 都 均 仍 曾 刚 今 昨 明 與 還 將 給 從 為 來';

/** Who people are to a hall, and to each other. */
const ROLES =
  '申请人 申領人 代办人 经办人 办事人 办件人 联系人 举报人 投诉人 被投诉人 当事人 当事人为 监护人 代理人 委托人 被委托人 受托人 持证人 持卡人 参保人 ' +
  '负责人 法定代表人 法人 代表 收件人 寄件人 领证人 领取人 取件人 受理人 来访人 来电人 反映人 咨询人 预约人 签收人 签名人 经手人 承租人 出租人 出借人 ' +
  '买方 卖方 甲方 乙方 房东 房主 权利人 继承人 被继承人 亡者 死者 逝者 病人 患者 产妇 孕妇 新生儿 户主 业主 住户 租客 租户 房客 市民 居民 村民 公民 群众 ' +
  '网友 用户 客户 顾客 乘客 游客 访客 旅客 司机 车主 店主 摊主 商户 老板 个体户 经营者 企业主 职工 员工 工人 学生 考生 新生 家长 家属 孩子 小孩 儿童 ' +
  '父亲 母亲 爸爸 妈妈 丈夫 妻子 老公 老婆 配偶 儿子 女儿 长子 次子 长女 次女 孙子 孙女 哥哥 弟弟 姐姐 妹妹 爱人 老伴 女婿 儿媳 亲属 亲戚 朋友 邻居 同事 ' +
  '老人 长者 残疾人 军人 老兵 志愿者 义工 社工 网格员 民警 医生 护士 老师 教师 律师 同学 同志 师傅 先生 女士 公众 人员 ' +
  '姓名 名字 本人 我叫 我是 名叫 叫做 名为 本名 实为 落款 签名 署名 尊敬的 敬爱的 亲爱的 申請人 聯繫人 聯絡人 當事人 監護人 投訴人 舉報人 經辦人 代辦人 辦理人 負責人 住戶 客戶 用戶 顧客 老闆 業主 戶主 居民 學生 家長 患者 ' +
  '原户主 现户主 产权人 担保人 证明人 推荐人 申报人 填表人 登记人 操作人 审核人 被访人 求助人 报料人 报案人 失主 死者 伤者 受益人 投保人 被保险人 被申请人 ' +
  '外卖员 快递小哥 获奖者 咨询者 反映者 投诉者 参与者 来访者 求职者 使用者 名单 公示 鸣谢 致谢 诉求人 反馈人 留言人 提问人 评价人 低保户 五保户 特困户 困难户 军属 烈属 遗属 孤儿 独居老人 退役军人 退伍军人 优抚对象 失业人员 残疾人士 失主 物主 机主 号主 证主 屋主 主讲 主讲人 讲师 法官 调解员 协管员 导办员 督导员 引导员 咨询员 ' +
  '保洁员 快递员 管理员 办事员 审批员 受理员 录入员 审核员 评议员 监督员 宣传员 联络员 服务员 辅导员 教练员 安全员 楼管员 专干 干部 保安 保洁 门卫 楼长 队长 组长 班长 科长 站长 所长 局长 主任 书记 经理 会计 出纳 前台 柜员 店长 ' +
  '舅舅 姑姑 姑妈 阿姨 婶婶 伯伯 表哥 表姐 表弟 表妹 堂哥 堂姐 堂弟 堂妹 侄子 侄女 外甥 外甥女 外孙 孙女 婆婆 公公 岳父 岳母 前夫 前妻 男友 女友 男朋友 女朋友 未婚夫 未婚妻 我爸 我妈 我哥 我姐 我弟 我妹 我儿 我女 老爸 老妈 ' +
  '老乡 室友 战友 舍友 师父 徒弟 宝宝 宝贝 胎儿 婴儿 双胞胎 大女儿 小女儿 大儿子 小儿子 二女儿 二儿子 房客 合租人 同住人 担保人 见证人 继母 继父 养母 养父 ' +
  '取名 起名 取名叫 起名叫 命名为 改名 改名叫 改名为 更名为 改为 原名 现名 曾用名 大名 小名 真名 全名 名字叫 个叫 位叫 一个叫 人叫 录成 写成 打成 误录为 登记为 登记成 显示为 这位 那位 一位';
/** What is done to people. */
const APPEALS =
  '感谢 谢谢 多谢 联系 联络 通知 告知 邀请 请 找 叫 约 催 提醒 询问 致电 回电 回访 拨打 转交 转给 交给 抄送给 抄送给了 发给 寄给 送给 退给 退还 ' +
  '举报 投诉 协助 帮助 帮 陪同 陪 接待 引导 指导 安抚 慰问 表扬 点赞 补偿 赔偿 找到 见到 遇到 看到 跟 与 同 和 给 向 对 由 待 等待 等 经 代 替 被 据 为 是 即 让 劝 ' +
  '感謝 聯繫 聯絡 請 幫 給 與 由于 关于 现由 并由 另有 其中 包括 名单 座谈的有 参加的有 落款是 的是 就是 乃是 便是 系由 转 抄送 @ 号 ' +
  '转告 登记 给予 发放给 归还 还给 多亏 幸亏 感激 拜托 麻烦 问 骂 夸 夸奖 碰到 碰见 认识 写着 写的是 上写 捡到 拾到 捡了 抚养 照顾 赡养 探望 看望 走访 救助 录用 聘用 授予 点名 姓 指 ' +
  '籍的 岁的 号窗口 叫到 呼叫 窗口的 办事的 办理的 接待的 负责的 值班的 社区的 单位的 公司的 村的 街道的 名叫 找的是 换成 公示 名单 表扬一下 要找 去找 来找 问下 找下 找一下 问一下 跟着 服侍 冒充';

export const title = atStart(TITLES);
const shortTitle = atStart(SHORT_TITLES);
const cantoneseTitle = /^(?:太(?!平)|生[和与同]?.太)/;
export const nobodysTitle: Words = {
  test: (text) => title.test(text) || shortTitle.test(text) || cantoneseTitle.test(text),
};
export const deed = atStart(DEEDS);
/** 的身份证, 的补贴: what stood before has papers. */
const belonging = atStart(BELONGINGS);
const whose = /^的(?:少儿|旧|新|本人|原|一代|二代|电子)?/;
export const owner: Words = { test: (text) => text[0] === '的' && belonging.test(text.replace(whose, '')) };
/** Behind a sign, what is told of a person: ，女，三十五岁. */
export const told =
  /^[,;(（:、 ]{1,2}(?:[男女](?![\u4e00-\u9fff]{2})|(?:儿子|女儿|本人|父亲|母亲|妻子|丈夫|户主|家长|家属|配偶|\d{1,3}岁|[一二三四五六七八九十]{1,3}岁|今年|现年|年龄|性别|身份证|电话|手机|住址|籍贯|汉族|壮族|满族|回族|苗族)(?!补))/;
export const link = atStart(LINKS);
const roleWord = atEnd(ROLES);
const roleTail = /(?:是|为|叫|姓名|名字|名称)$/;
export const role: Words = { test: (text) => roleWord.test(text) || roleWord.test(text.replace(roleTail, '')) };
const appealWord = atEnd(APPEALS);
export const appeal: Words = {
  test: (text) => appealWord.test(text) || (text.endsWith('了') && appealWord.test(text.slice(0, -1))),
};

/** Behind it, what stood before was a place, a body or a thing. */
const PLACES =
  '省 市 县 區 区 镇 鎮 乡 村 街 路 巷 弄 里 坊 大道 道 桥 站 港 湾 湖 河 江 海 山 岭 岗 坑 塘 洞 湾 坝 围 水库 口岸 码头 机场 社区 小区 新区 片区 园区 辖区 苑 园 花园 家园 庭 府 阁 轩 居 城 ' +
  '公寓 大厦 大楼 楼 广场 中心 山庄 别墅 工业 公司 集团 企业 厂 店 门店 超市 商场 酒店 饭店 宾馆 餐厅 银行 医院 诊所 药店 药房 学校 学院 中学 小学 大学 幼儿园 ' +
  '派出所 街道 法院 检察院 事务所 工作室 工作站 物业 地产 置业 科技 实业 投资 贸易 建筑 装饰 物流 保险 证券 基金 品牌 牌 奖 杯 节 法 条例 办法 规定 庙 寺 祠 ' +
  '公园 景区 地铁 高速 隧道 收费站 服务区 体育馆 图书馆 博物馆 文化馆 剧院 影院 展 馆 校区 分局 支队 大队 所 局 委 办 厅 处 话 语 剧 文化 精神 思想 主义 村委 居委 籍';
/** Behind a surname of two characters it makes a place of it. */
export const placeEnd = /^[市县區区镇鎮乡村街路州站]/;
export const placeSuffix = atStart(PLACES);
