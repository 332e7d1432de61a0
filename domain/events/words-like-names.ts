/** Words that are built like a personal name and are none: places, virtues, and the vocabulary of a hall. */

/** Places: this district, its neighbours, and towns that people come from. */
const PLACES =
  '梅林 龙华 龙海 石林 石龙 石英 白石洲 白云 白云山 白洋 古林 江宁 江东 江海 江华 江阳 华强 华东 华阳 华林 ' +
  '华海 景华 景阳 黄海 黄浦江 黄龙 高明 高阳 高平 高峰 安阳 安宁 安海 安平 金华 金海 金平 衡阳 衡东 咸宁 ' +
  '咸阳 沈阳 宁波 宁海 宁国 宁阳 武宁 揭阳 岳阳 祁阳 祁东 桂林 桂阳 桂东 桂平 万宁 乐东 乐平 连云 梁平 ' +
  '韩国 齐国 陆海 汪洋 邹平 东方红 康平 蓝海 关东 冀东 晋阳 柏林 罗兰 米兰 苏丹 ';

/** What people are praised for, and what they ask of a hall. */
const VIRTUES =
  '文明 文雅 文静 文艺 文华 文志 文英 安静 安宁 高雅 高洁 高超 高强 高明 高高兴兴 温馨 温雅 温婉 宁静 方志 ' +
  '严明 简洁 简明 舒畅 舒爽 舒雅 康健 康宁 康佳 洪亮 华丽 雷锋 向阳 古雅 金刚 房东 ';

/** The vocabulary of cases, requests and everyday life. */
const TRADE =
  '申明 古建 路平 江海 丛林 武林 石英 白莲 白兰 白雪 牛群 包涵 陶艺 景德镇 游艺 龙凤 龙泉山 金银花 金莲花 ' +
  '白玉兰 成文 成群 毕业生 高中生 万美元 万国 文学家 关东军 关联方 季军 连心桥 古文 古琴 卫健 卫生学 卫国 ' +
  '单通道 商海 童军 许诺 余波 黎明 向东 林荫道 林学家 马兰 马克思 陆军 陆航 金元宝 金刚石 金莲 金钢 白花花 ' +
  '白云石 白莲花 包青天 罗汉松 邵阳 柳林 咸海 华文 古国 封建 洪峰 凌晨 凌云 凌志 安全月 祁连山 贺兰山 单晶 ' +
  '武艺 文峰 揭晓 史学家 金文 金石 金石学 金石家 黄金水道 欧文 古松 劳军 程文 东方学 文学士 文豪 包钢 成林 ' +
  '文艺学 文艺家 文艺兵 卫星国 华龙 华晨 华虹 华航 华为 高高大大 万立方 应明 申文 游乐业 万华 万利达 万佳 ' +
  '万维 万科 孙逸仙 黄牛 文华路 华山路 黄秋葵 龙船花 管军 单亲 高中 安监 ';

/** What is told of amounts, of people's manners and of companies, and pieces of sayings. */
const SAYINGS =
  '颜悦 颜悦色 武扬 武扬威 马观花 危为安 马平川 高高兴兴 安安稳稳 平平安安 高新 高端 高发 高见 高纬 高龄 高效 万亿 万年 万元 万米 万千 ' +
  '万方 万山 余年 余米 余千米 余首 余款 许久 白带 白质 白令 严实 黄花 芦花 金质 石质 林带 文风 盛誉 何为 任一 卓见 温言 温润 谈恋爱 游牧民 ' +
  '农牧 农林 房源 时长 席子 车子 车长 管带 官军 成才 尤为 田产 林产 舒缓 苏宁 华泰 华安 罗宾 江汉 万达 万通 信以为真 马铃薯 丛书 古训 景观 ' +
  '植树 劳保 劳力 关爱 秦晋 麦饭石 米线 梁河 柳江 靖江 黄桥 韩联社 高权重 花雪月 刚之气 季度 单元 温和 平和 常来常 时好 应届 党群 党建 权益 利民 ' +
  '强基 招生 招录 招考 银联 银信 牛奶 应急 应用 党风 利用 植物 化学 过程 武警 云端 明白 包容 和善 和谐 亲和 费时 费力 单据 成本 路况 路人 解说 任性 ';

export const wordsLikeNames: ReadonlySet<string> = new Set((PLACES + VIRTUES + TRADE + SAYINGS).trim().split(' '));
