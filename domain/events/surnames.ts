/** The characters from which Chinese personal names are made, for telling a citizen's name from other text. */

/** Surnames that four people in five carry; simplified, then traditional where it differs. */
const FREQUENT =
  '萧王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟' +
  '熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤赖温張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸賈韋鄒龍顧龔萬錢嚴湯賴溫蔣閻';

/** Rarer surnames. Many are everyday words as well, so these ask for surer given names. */
const RARE =
  '常尤芦时甄曲席诸边刁覃邝禤蒲屠桑蒙晁栗鞠粟楚沙植荆茅寇米信花位薄宣修苟向于阎樊兰殷施洪翟安颜倪易邢牛章鲁葛康冼俞柯伍翁庄詹阮齐梅骆佘毕聂焦关耿左岳祝柳霍鲍尚纪舒柴华裴甘凌蓝游涂柏管鄢瞿盛古童卜包车辛苗喻谷文成宁辜饶' +
  '费卓靳迟单符简戚景卞闵解申祁商邸麦连宫隋邬屈桂冉庞牟路占房滕应司卫池靖蔺晋封褚娄储宗岑乐缪傅劳阳丘计米敖乔匡项胥仇穆季闻巫郁栾竺郎衡晏苟郗冀' +
  '鹿丛杭巩谌仲亓糜咸艾揭仝虞卿訾顏駱畢聶關歐鮑紀華賀藍單簡鄔龐應衛儲勞區喬項傳樓陽欧';

/** Those of the rarer surnames that are hardly a word. */
const CLEAR =
  '殷邢翟倪颜庞樊葛聂焦岳柳霍鲍裴瞿佟柯俞翁詹阮骆佘耿祁甄邝冼谌邬蔺褚娄靳冉屠闵戚卞卓邰隋岑缪冀仝虞訾覃禤芦晁芮鄢庄伍欧舒滕饶桂宫靖栾郜柏柴牟麦匡辛莘苟顏駱聶龐歐紀鄔賀';

/** Surnames that are met once in many thousands, or are far oftener a word; they need other signs of a person. */
const ODD =
  '鄺佟练幸阙闕农巫戈敬姬官谈燕冷展原芮尧湛况危麻竹相仉苑亢帅粱爨咼檀谯扈宛逯冶肇哈漆逄佴缑隗郜邰郇昝钭宓逮呙妫莘但续冒强那东沃禹尉狄钮龔郄粘蓟暴谌区招党利雍过权笪逢綦蹇呼遇矫皮裘茹束荀戎昌濮山甯乌化黨權銀雒郦惠幺乜贡笃凤班';

/** Surnames of two characters that are nothing else, and those that are words as well. */
const COMPOUND =
  '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 皇甫 尉迟 尉遲 公孫 慕容 令狐 長孫 司徒 夏侯 轩辕 端木 呼延 独孤 澹台 申屠 闻人 钟离 淳于 赫连 拓跋 羊舌 公冶 宗政 濮阳 完颜 纳兰';
const COMPOUND_WORDS = '东方 单于 南门 西门 东郭 太史 司空 南宫 微生 百里 长孙 宇文 公孙';

/** Characters that are common in given names. */
const GIVEN =
  '之君兵书如克全章冠启寿同延培斐勋仪亭济奎乾宣扬湘为奇其心友卿开基恩汉冲京庭岳轶璟琢翌澍劲' +
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅红建文志国海燕春萍辉鹏飞宇浩凯健俊帆雪峰龙波斌鑫林晨阳东宁旭坤博琳莉颖婷玲慧欣佳怡雅诗' +
  '涵梓轩子豪睿思雨彤欢悦琪瑶瑜璐倩茜蕾薇莹菲媛嘉俐丹彬晓小大永庆德福荣贵富祥瑞吉祖宗耀光亮辰星月云霖淼森炎焱垚鸿雁鹤凤凰鹰虎豹骏驰腾翔跃泽洁清' +
  '源江河泉溪浪澜润洪淑贞惠贤仁义礼智信忠孝廉爱美珍珠宝琴琼瑾璇玮珊瑚珂玥珏琨瑛珑璋莲菊荷芝芬芸苗茵萱蓉蓓菁莎薰苑苹茂松柏桐楠栋梁树生成胜利立业' +
  '振兴发达昌盛隆恒久安康乐喜善良朋友邦家维卫民世中天山川岩石伯仲元亨少初新学武才彦士儒哲敬诚谦厚道守正方圆勤俭朴毅猛威烈锋剑铭钢铁银钰锦锐铮锡' +
  '钧钊钦镇炜烨煜灿炳焕熙照煌烁晖昊昕晟晗晴晶晔旻昱昆旺景绍继承先宏弘广远航舟船渊瀚湛凌霄霏霓露霜雷霆震依伊妍妮婧妤姗姝娅娇娥婉媚嫣婵嫦娣姣宜宸' +
  '宾宪寅巧巍峻峥嵘岚崇俞伦佑佩侠修傲冬夏秋梦夕翠羽羿耘聪联舒艺芷若茹苒荃菱蔓蕊薪藜诺谊谨语谣谷贝赞起越路进迪通逸遥遵郁闯隽雄雯霁青靖韬韵顺颂颜' +
  '飒馨骁骐骥高魁鸣麒麟黎曦朗望木末朝杏杉李杨桃桥梨棋榕槐歌毓水汉汝汐沁沐沛泓泰洲流浦涌淇渝渲滢滨漫潇潮澄焰熠爽玄玺琦琰甜甫田畅白皓盈真知砚碧祎' +
  '祺禄禹秉稳童竹笑策筠简箫米粤素紫纯纲绪绮缘群翊翰耿聿育胤艾花芙芊茗荔荫莺葵蓝虹蝶衡裕西誉赫辛连郡金锴镜闻阅风飘香魂鲲鹭偉強軍華國麗傑濤豔靜蘭' +
  '紅誌鵬飛龍寧瑩雲慶榮貴樂愛寶瓊蓮發達興業維衛學義禮賢鴻鳳鳴澤潔淵靈圓剛銘鋼錦銳煒燁煥輝廣遠娃儿' +
  '坚堅令妹樑丰豐满根水土长绍昭彰政治有以允功勋品习尚尔尧岱嵩崧川帅希帮年弟强彪征循徽恺悟悠慈懋成扬承拓挺振攀敦' +
  '旗昂昕显智暄暖曙柳柱栩格森楚楷榆樱樟欢步汀沂沅波泱洵浔浙济浣淮深淳渤游溢溥滋滕滔炯烽然煊熹燊燚牧特献玖玛珈珏' +
  '班珞珣珽琅琛瑄瑭璞璟瓒申甲留略畴登百盈相省硕硚磊祈禅积程稷竞端竺第籽细统绍绣绵翀翎翘老肃能臣臻良色苇苏苓苔英范' +
  '荃荑莘莞莱菀菡萌萧落葆蓁蓬蔚蔷蕊薏虞蛟衍襄观训诠诤谋谕豫财质赐赛践轼轲辅辰辽邑邵郁郎酉野钟钰铎铨锟镔长闰' +
  '阔阿附隆隽集雍霆非音颐飚首骄魏鲁鲜鹃鹤麦黛鼎齐骅骊骋寰寒宵寻尊小肖岑岐嵘川巨己巳帝弈弋弼彭彰徐忆念怀思恒恺惟愉慕憬懿' +
  '東強愛陽鳳齊麗麟寶勝勳啟圍壽夢奮學實將尋導嶽嶺帥從憲懷應擇敘斕晉書會棟榮樹權歡歲沖淨淺渙湯滿漢濟濱營爍爾獻瑋瑤璣產盧眾碩祿禎穎競筠節範紀純紹細統絲緒縈繼羅' +
  '習聖聯聰肅臨與艷莊莖葉蒼蓋蔣藝蘇虛裝視覺觀計訓許詠詩誠語誼諭謙證譽貝財賓賽趙躍軒農連運適遷選鄉釗鈞鈴銀諾錚錦鍾鎮鏡長開關雙難電霽靄韋順頌頤願類顯養駿驍驥鬱鯤鶯麥黨齡' +
  '咏曉吟唯堂墨壮奋好妙娆娴婕孟季宛实容弦必忻恋情意慎慰憨斗旎旷昀昔映晤暮曈曜朔枝枫柔柠栖桑桓桢梵棉椿檀歆殊沧泊津洛涓涯淙淞渠漾澈濯灏炅炫炬焘煦爵玫玳珉珺琇琥瑗瑕瑟璃璎甄皎盟盼睦瞳砥磐祁祐祝祯秦竣笛笙筝筱箐籁粉纬绚绢绫绿缇' +
  '罡罗翱翼聆聚舜艇芃芍芦芯茉荀荟莫葳蒂蒲蕙蕴融言许诏询谐谢谱赋趣逊逍遂采铂铃铄铜陵陶隐霭韫韩韶颉颍颢驭驹骆鸢鸥鹂鹊鹿麓默嬌嫻嬋婭薔綺緹繡纓贊鈺鋒鍵際韻瀅瀟瀾灝燦環聲穗蘆鏗鑒鑑' +
  '可棠宽力一亚保双自权见兆升仙亦灵丁佐温乔古嗣微恭迎招带锁栓奕苡沫芮予禾屿亿添珩宥淏柒朵丕铿占益存千孔备伴佰亞溫喬億萬鎖冰彧晞漪琚澔祤岫峪骞谚诣郅靓韧飏馥鸽鸾槿樾沄泫洺';

/** Given names of one character that need no second one to be recognised. */
const GIVEN_ALONE =
  '雷威帅岩滨彪凡乐然蓓迪钊惠捷影曼梦泉硕胜芝露顺璇淼恒君奇媚巍彦潇琛禹羽耀逸银阔蕊妮娅伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞刚桂英华兰梅红建燕萍辉鹏飞宇浩凯健俊帆雪峰波斌鑫晨阳宁旭坤博琳莉颖婷玲慧欣佳怡雅涵轩豪睿彤悦琪瑶瑜璐倩茜' +
  '蕾薇莹菲媛嘉丹彬晓荣祥瑞亮云森淼鸿凤翔洁淑珍琴琼瑾玮珊芬芸莲菊蓉菁萱茵莎栋楠桐松维哲诚毅锋铭钢锐钧炜烨煜灿熙昊昕晟晗晴晶昆旺宏弘航妍妮婧姗婉' +
  '娇岚翠聪舒艺茹诺雯馨骏琦琰皓冰畅爽群翰虹雄青靖韬明平龙林文东海国志偉強軍華麗傑濤靜蘭紅鵬飛瑩';

/** The surest, for fields that hold words of the trade and seldom a name. */
const SUREST_SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡余吕沈姚卢崔谭張劉陳楊黃趙吳孫羅鄭謝許韓馮鄧蕭呂盧譚蔣黎';

export const frequentSurnames: ReadonlySet<string> = new Set(FREQUENT);
export const rareSurnames: ReadonlySet<string> = new Set(RARE);
export const clearSurnames: ReadonlySet<string> = new Set(CLEAR);
export const oddSurnames: ReadonlySet<string> = new Set(ODD);
export const compoundSurnames: ReadonlySet<string> = new Set(COMPOUND.split(' '));
export const compoundsLikeWords: ReadonlySet<string> = new Set(COMPOUND_WORDS.split(' '));
export const givenCharacters: ReadonlySet<string> = new Set(GIVEN);
export const givenAlone: ReadonlySet<string> = new Set(GIVEN_ALONE);
export const surestSurnames: ReadonlySet<string> = new Set(SUREST_SURNAMES);

/** Names that stand for nobody and are typed in place of a real one. */
export const placeholderNames: ReadonlySet<string> = new Set(
  '张三 李四 王五 赵六 孙七 钱七 周八 吴九 郑十 陈七 王二 张三三 李四四 张三丰 王小二 张小三 王二小 張三 趙六'.split(
    ' ',
  ),
);
