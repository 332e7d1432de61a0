// Small exports of invented systems, and what a person would read in each.
export interface DraftedFile {
  readonly says: string;
  readonly text: string;
  readonly kind: string | undefined;
  /** Of each event: type, id, @, the hall's clock, fields. */
  readonly events: readonly string[];
  /** Rows that the drafted mapping refuses: line and reason. */
  readonly refused?: readonly string[];
  /** Of each question: kind, columns, values, lines. */
  readonly questions: readonly string[];
}

export const files: readonly DraftedFile[] = [
  {
    says: 'a queue machine: numbers begin again, a visitor who was passed over, one who waits',
    text: `排队号,业务类型,取号时间,叫号时间,办理结束时间,窗口号,状态,手机号
A001,社保,2019/6/5 9:03:11,2019/6/5 9:08:40,2019/6/5 9:15:02,1号窗口,已办结,13800138000
A002,租赁,2019/6/5 9:04:00,2019/6/5 9:09:12,,2号窗口,过号,
B001,社保,2019/6/5 9:05:30,,,,等待中,
A001,社保,2019/6/6 9:01:00,2019/6/6 9:02:00,2019/6/6 9:20:00,1号窗口,已办结,`,
    kind: 'tickets',
    events: [
      'ticket.taken A001/2019/6/5 9:03:11/taken @ 2019-06-05 09:03:11 ticket=A001 station=hall line=social ticketDay=2019-06-05',
      'ticket.called A001/2019/6/5 9:03:11/called @ 2019-06-05 09:08:40 ticket=A001 station=hall window=w01 ticketDay=2019-06-05',
      'ticket.served A001/2019/6/5 9:03:11/served @ 2019-06-05 09:15:02 ticket=A001 station=hall window=w01 ticketDay=2019-06-05',
      'ticket.taken A002/2019/6/5 9:04:00/taken @ 2019-06-05 09:04 ticket=A002 station=hall line=tenancy ticketDay=2019-06-05',
      'ticket.called A002/2019/6/5 9:04:00/called @ 2019-06-05 09:09:12 ticket=A002 station=hall window=w02 ticketDay=2019-06-05',
      'ticket.passed A002/2019/6/5 9:04:00/passed @ 2019-06-05 09:09:12 ticket=A002 station=hall ticketDay=2019-06-05',
      'ticket.taken B001/2019/6/5 9:05:30/taken @ 2019-06-05 09:05:30 ticket=B001 station=hall line=social ticketDay=2019-06-05',
      'ticket.taken A001/2019/6/6 9:01:00/taken @ 2019-06-06 09:01 ticket=A001 station=hall line=social ticketDay=2019-06-06',
      'ticket.called A001/2019/6/6 9:01:00/called @ 2019-06-06 09:02 ticket=A001 station=hall window=w01 ticketDay=2019-06-06',
      'ticket.served A001/2019/6/6 9:01:00/served @ 2019-06-06 09:20 ticket=A001 station=hall window=w01 ticketDay=2019-06-06',
    ],
    questions: [
      'tickets-restart 排队号',
      'id-built 排队号+取号时间',
      'station-assumed  hall',
      'window-likely 窗口号 1号窗口/2号窗口 2/3/5',
      'citizen 手机号',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'a queue machine that tells lengths of time, and day and clock apart',
    text: `日期,票号,取号时间,等候时长(秒),办理时长(分钟),窗口
2019-06-05,H-20190605-0001,9:03,320,6.5,01
2019-06-05,H-20190605-0002,23:58,180,9,02`,
    kind: 'tickets',
    events: [
      'ticket.taken H-20190605-0001/taken @ 2019-06-05 09:03 ticket=H-20190605-0001 station=hall',
      'ticket.called H-20190605-0001/called @ 2019-06-05 09:08:20 ticket=H-20190605-0001 station=hall window=w01',
      'ticket.served H-20190605-0001/served @ 2019-06-05 09:14:50 ticket=H-20190605-0001 station=hall window=w01',
      'ticket.taken H-20190605-0002/taken @ 2019-06-05 23:58 ticket=H-20190605-0002 station=hall',
      'ticket.called H-20190605-0002/called @ 2019-06-06 00:01 ticket=H-20190605-0002 station=hall window=w02',
      'ticket.served H-20190605-0002/served @ 2019-06-06 00:10 ticket=H-20190605-0002 station=hall window=w02',
    ],
    questions: ['station-assumed  hall', 'window-likely 窗口 01 2', 'source  /import/CHANGE-ME'],
  },
  {
    says: 'a queue system in English, ids of its own, American dates, a rating in the row',
    text: `ticket id,issued at,called at,served at,counter,operator,rating
T-90001,6/25/2019 9:03 AM,6/25/2019 9:08 AM,6/25/2019 9:15 AM,w01,s1,very satisfied
T-90002,6/5/2019 1:03 PM,6/5/2019 1:09 PM,6/5/2019 1:15 PM,w02,s9,`,
    kind: 'tickets',
    events: [
      'ticket.taken T-90001/taken @ 2019-06-25 09:03 ticket=T-90001 station=hall',
      'ticket.called T-90001/called @ 2019-06-25 09:08 ticket=T-90001 station=hall window=w01 staff=s1',
      'ticket.served T-90001/served @ 2019-06-25 09:15 ticket=T-90001 station=hall window=w01 staff=s1',
      'rating.given T-90001/rating @ 2019-06-25 09:15 score=5 station=hall ticket=T-90001 window=w01 staff=s1 medium=pad',
      'ticket.taken T-90002/taken @ 2019-06-05 13:03 ticket=T-90002 station=hall',
      'ticket.called T-90002/called @ 2019-06-05 13:09 ticket=T-90002 station=hall window=w02',
      'ticket.served T-90002/served @ 2019-06-05 13:15 ticket=T-90002 station=hall window=w02',
    ],
    questions: ['staff-unknown operator s9 3', 'medium-assumed  pad', 'source  /import/CHANGE-ME'],
  },
  {
    says: 'a queue system that does not know when tickets were taken',
    text: `叫号流水号,叫号时间,办理完成时间,窗口编号
J20190605001,2019-06-05 09:08:40,2019-06-05 09:15:02,w01
J20190605002,2019-06-05 09:18:40,,w01`,
    kind: 'tickets',
    events: [
      'ticket.taken J20190605001/taken @ 2019-06-05 09:08:40 ticket=J20190605001 station=hall',
      'ticket.served J20190605001/served @ 2019-06-05 09:15:02 ticket=J20190605001 station=hall window=w01',
    ],
    questions: ['no-taken', 'source  /import/CHANGE-ME'],
  },
  {
    says: 'a one-window platform: outcomes, channels, defaults, a total at the end',
    text: `办件编号,事项名称,办件类型,受理渠道,申请人,受理时间,办结时间,承诺办结时间,办理状态,满意度,受理单位
20190605-001,参保登记,即办件,窗口,钱三,2019-06-05 09:03,2019-06-05 09:31,2019-06-05,准予许可,非常满意,东溪社区
20190605-002,社保转移,承诺件,网上,周四,2019-06-05 09:10,,2019-06-14,办理中,未评价,桥头街道政务服务大厅
20190605-003,居住登记,承诺件,微信小程序,吴五,2019-06-05 09:12,2019-06-07 10:00,2019-06-14,不予许可,默认满意,南坡社区便民站
20190605-004,社保转移,承诺件,驿站,郑六,2019-06-05 09:20,2019-06-07 10:00,2019-06-14,撤回申请,-,东溪社区
合计,,,,,,,,,,`,
    kind: 'cases',
    events: [
      'case.accepted 20190605-001/accepted @ 2019-06-05 09:03 case=20190605-001 station=dongxi channel=window item=SB-01 handling=instant promisedBy=2019-06-05T15:59:59.999Z',
      'case.finished 20190605-001/finished @ 2019-06-05 09:31 case=20190605-001 outcome=approved',
      'rating.given 20190605-001/rating @ 2019-06-05 09:31 score=5 station=dongxi case=20190605-001 medium=pad',
      'case.accepted 20190605-002/accepted @ 2019-06-05 09:10 case=20190605-002 station=hall channel=online item=SB-02 handling=promised promisedBy=2019-06-14T15:59:59.999Z',
    ],
    refused: ['4 value', '5 value'],
    questions: [
      'rows-left-out 办件编号 合计 6',
      'station-likely 受理单位 南坡社区便民站 4',
      'channel-unknown 受理渠道 驿站 5',
      'item-unknown 事项名称 居住登记 4',
      'outcome-assumed 办理状态 准予许可/不予许可/撤回申请',
      'medium-assumed  pad',
      'default-rating 满意度 默认满意',
      'citizen 申请人',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'a platform whose rows are steps of a case, and whose ids a spreadsheet has cut',
    text: `业务流水号,事项编码,环节名称,提交时间,办结时间
4.40304E+17,SB-01,受理,2019.06.05 09:03:00,2019.06.06 10:00:00
4.40304E+17,SB-01,审批,2019.06.05 09:03:00,2019.06.06 10:00:00
4.40305E+17,SB-02,受理,2019.06.05 09:12:00,`,
    kind: 'cases',
    events: [],
    refused: ['2 mangled', '4 mangled'],
    questions: [
      'id-mangled 业务流水号  2/3/4',
      'id-repeats 业务流水号  3',
      'station-assumed  hall',
      'channel-assumed  window',
      'outcome-assumed  approved',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'cases without ids, at counters of several stations, promises in days',
    text: `受理日期,社区,窗口,事项,经办人,承诺时限
2019年6月5日,东溪社区,1,参保登记,孙丽华,5个工作日
2019年6月5日,东溪社区,1,租赁备案,孙丽华,3个工作日
2019年6月5日,南坡,绿色专窗,参保登记,冯小刚,5个工作日
2019年6月5日,街道大厅,7,参保登记,钱晓明,5个工作日`,
    kind: 'cases',
    events: [
      'case.accepted 2019年6月5日/东溪社区/1/参保登记/accepted @ 2019-06-05 00:00 case=2019年6月5日/东溪社区/1/参保登记 station=dongxi channel=window item=SB-01 window=dongxi-1 staff=s2',
      'case.accepted 2019年6月5日/东溪社区/1/租赁备案/accepted @ 2019-06-05 00:00 case=2019年6月5日/东溪社区/1/租赁备案 station=dongxi channel=window item=ZL-01 window=dongxi-1 staff=s2',
      'case.accepted 2019年6月5日/南坡/绿色专窗/参保登记/accepted @ 2019-06-05 00:00 case=2019年6月5日/南坡/绿色专窗/参保登记 station=nanpo channel=window item=SB-01 window=nanpo-g',
    ],
    refused: ['5 value'],
    questions: [
      'id-built 受理日期+社区+窗口+事项',
      'window-unknown 社区+窗口 街道大厅/7 5',
      'staff-unknown 经办人  4',
      'channel-assumed  window',
      'no-end',
      'promise-days 承诺时限',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'cases of which some dates can be read in two ways',
    text: `case no,item,submitted at,finished at
C-1001,SB-01,05/06/2019 09:31,07/06/2019 10:00
C-1002,SB-02,06/06/2019 10:02,`,
    kind: 'cases',
    events: ['case.accepted C-1002/accepted @ 2019-06-06 10:02 case=C-1002 station=hall channel=window item=SB-02'],
    refused: ['2 ambiguous'],
    questions: [
      'station-assumed  hall',
      'channel-assumed  window',
      'outcome-assumed  approved',
      'source  /import/CHANGE-ME',
      'times-ambiguous submitted at+finished at d/M/yyyy H:mm/M/d/yyyy H:mm 2',
    ],
  },
  {
    says: 'cases of which one column tells how the other is written',
    text: `case no,item,submitted at,finished at
C-1001,SB-01,05/06/2019,17/06/2019
C-1002,SB-02,06/06/2019,08/06/2019`,
    kind: 'cases',
    events: [
      'case.accepted C-1001/accepted @ 2019-06-05 00:00 case=C-1001 station=hall channel=window item=SB-01',
      'case.finished C-1001/finished @ 2019-06-17 00:00 case=C-1001 outcome=approved',
      'case.accepted C-1002/accepted @ 2019-06-06 00:00 case=C-1002 station=hall channel=window item=SB-02',
      'case.finished C-1002/finished @ 2019-06-08 00:00 case=C-1002 outcome=approved',
    ],
    questions: [
      'station-assumed  hall',
      'channel-assumed  window',
      'outcome-assumed  approved',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'a ratings system with stars and texts, linked to cases',
    text: `评价编号,办件编号,评价时间,窗口,星级,评价方式,评价内容
P1,20190605-001,2019-06-05 09:31,01,5星,短信,很好
P2,20190605-003,2019-06-05 10:02,02,1星,评价器,等得太久了,`,
    kind: 'ratings',
    events: [
      'rating.given P1/rating @ 2019-06-05 09:31 score=5 station=hall case=20190605-001 window=w01 medium=sms',
      'rating.given P2/rating @ 2019-06-05 10:02 score=1 station=hall case=20190605-003 window=w02 medium=pad',
    ],
    questions: ['station-assumed  hall', 'window-likely 窗口 01 2', 'source  /import/CHANGE-ME'],
  },
  {
    says: 'ratings as numbers from 0, in seconds since 1970',
    text: `评价时间,窗口编号,评价结果
1559698260,w01,4
1559698360,w02,0
1559698460,w02,9`,
    kind: 'ratings',
    events: [
      'rating.given 1559698260/w01/rating @ 2019-06-05 09:31 score=5 station=hall window=w01 medium=pad',
      'rating.given 1559698360/w02/rating @ 2019-06-05 09:32:40 score=1 station=hall window=w02 medium=pad',
    ],
    refused: ['4 value'],
    questions: [
      'id-built 评价时间+窗口编号',
      'score-scale 评价结果 0/4/9',
      'score-unknown 评价结果 9 4',
      'medium-assumed  pad',
      'source  /import/CHANGE-ME',
      'times-as-numbers 评价时间 unix-seconds',
    ],
  },
  {
    says: 'a 12345 list: answered, late, an office that is no station',
    text: `工单编号,来电时间,诉求类型,来源,承办单位,诉求内容,答复时间,是否超期,来电人
W1001,2019年6月5日 9:03,社保办理,电话,东溪社区,市民反映路灯不亮,2019年6月6日 10:00,否,张小三
W1002,2019年6月5日 10:20,占道经营,微信,南坡社区,市民反映摊位占道,,是,李小四
W1003,2019年6月6日 10:20,占道经营,微信,城管中队,市民反映摊位占道,2019年6月9日 10:00,是,王小五`,
    kind: 'requests',
    events: [
      'request.received W1001/received @ 2019-06-05 09:03 request=W1001 station=dongxi topic=社保办理 medium=电话',
      'request.answered W1001/answered @ 2019-06-06 10:00 request=W1001 station=dongxi onTime=true',
      'request.received W1002/received @ 2019-06-05 10:20 request=W1002 station=nanpo topic=占道经营 medium=微信',
    ],
    refused: ['4 value'],
    questions: [
      'station-unknown 承办单位 城管中队 4',
      'citizen 来电人',
      'free-text 诉求内容',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'requests that are known to be answered, and not when',
    text: `诉求编号,登记时间,问题类别,状态,所属社区
Q1,20190605 09:03,咨询,已办结,东溪
Q2,20190605 10:03,求助,办理中,南坡`,
    kind: 'requests',
    events: [
      'request.received Q1/received @ 2019-06-05 09:03 request=Q1 station=dongxi topic=咨询',
      'request.answered Q1/answered @ 2019-06-05 09:03 request=Q1 station=dongxi timeUnknown=true',
      'request.received Q2/received @ 2019-06-05 10:03 request=Q2 station=nanpo topic=求助',
    ],
    questions: ['answer-time-unknown 状态 已办结', 'source  /import/CHANGE-ME'],
  },
  {
    says: "complaints of the hall's own conduct",
    text: `投诉编号,投诉时间,投诉类型,被投诉窗口,反馈时间
T1,2019-06-05 下午3:05,服务态度,01,2019-06-06 上午10:00`,
    kind: 'requests',
    events: [
      'complaint.received T1/received @ 2019-06-05 15:05 complaint=T1 station=hall about=服务态度',
      'complaint.answered T1/answered @ 2019-06-06 10:00 complaint=T1 station=hall',
    ],
    questions: ['request-or-complaint 投诉类型 服务态度 2', 'station-assumed  hall', 'source  /import/CHANGE-ME'],
  },
  {
    says: 'appointments kept and missed',
    text: `预约号,预约提交时间,预约时间,预约事项,状态,取号时间
Y001,2019-06-01 12:00,2019-06-05 09:00,参保登记,已取号,2019-06-05 08:58
Y002,2019-06-02 08:00,2019-06-05 10:00,参保登记,爽约,`,
    kind: 'appointments',
    events: [
      'appointment.booked Y001/booked @ 2019-06-01 12:00 appointment=Y001 station=hall item=SB-01 at=2019-06-05T01:00:00.000Z',
      'appointment.kept Y001/kept @ 2019-06-05 08:58 appointment=Y001 station=hall item=SB-01 at=2019-06-05T01:00:00.000Z',
      'appointment.booked Y002/booked @ 2019-06-02 08:00 appointment=Y002 station=hall item=SB-01 at=2019-06-05T02:00:00.000Z',
      'appointment.missed Y002/missed @ 2019-06-05 10:00 appointment=Y002 station=hall item=SB-01 at=2019-06-05T02:00:00.000Z',
    ],
    questions: ['station-assumed  hall', 'source  /import/CHANGE-ME'],
  },
  {
    says: 'totals of a day: what is kept of them, and what is not',
    text: `日期,社区,受理量,咨询量,电话咨询,复印
2019-06-05,东溪社区,12,30,4,18
2019-06-06,东溪社区,9,22,0,11
合计,,21,52,4,29`,
    kind: 'totals',
    events: [
      'consultation.given 2019-06-05/东溪社区/consultations-visit @ 2019-06-05 00:00 station=dongxi medium=visit count=30',
      'consultation.given 2019-06-05/东溪社区/consultations-phone @ 2019-06-05 00:00 station=dongxi medium=phone count=4',
      'service.given 2019-06-05/东溪社区/copying @ 2019-06-05 00:00 station=dongxi kind=copying count=18',
      'consultation.given 2019-06-06/东溪社区/consultations-visit @ 2019-06-06 00:00 station=dongxi medium=visit count=22',
      'service.given 2019-06-06/东溪社区/copying @ 2019-06-06 00:00 station=dongxi kind=copying count=11',
    ],
    questions: [
      'rows-left-out 日期 合计 4',
      'totals-not-kept 受理量',
      'id-built 日期+社区',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'totals of which nothing can be kept',
    text: `统计日期,办件量,办结量,好评数
2019-06-05,12,10,8
2019-06-06,9,9,9`,
    kind: 'totals',
    events: [],
    questions: ['totals-not-kept 办件量+办结量+好评数'],
  },
  {
    says: 'a file without times',
    text: `事项编码,事项名称,窗口
SB-01,参保登记,01`,
    kind: undefined,
    events: [],
    questions: ['no-times'],
  },
  {
    says: 'a list that is no export of a hall',
    text: `资产编号,采购日期,型号
ZC-1001,2019-06-05,打印机
ZC-1002,2019-06-06,复印机`,
    kind: undefined,
    events: [],
    questions: ['kind-unknown'],
  },
  {
    says: 'a file without names of columns',
    text: `20190605-001,2019-06-05 09:03,SB-01
20190605-002,2019-06-05 09:10,SB-02`,
    kind: undefined,
    events: [],
    questions: ['no-header'],
  },
  {
    says: 'names of columns and nothing else',
    text: `办件编号,受理时间`,
    kind: undefined,
    events: [],
    questions: ['no-rows'],
  },
  {
    says: 'the first sample of docs/mappings.md',
    text: `办件编号,事项编码,办件类型,渠道,受理时间,办结时间,满意度,备注
20190605-001,YB-03,2,窗口,2019/6/5 9:03,2019/6/5 9:31,4,
20190605-002,YB-07,1,网上,2019/6/5 9:10,,,待补件
20190605-003,JS-01,2,窗口,2019/6/5 9:12,2019/6/5 9:40,9,`,
    kind: 'cases',
    events: [
      'case.accepted 20190605-001/accepted @ 2019-06-05 09:03 case=20190605-001 station=hall channel=window item=YB-03',
      'case.finished 20190605-001/finished @ 2019-06-05 09:31 case=20190605-001 outcome=approved',
      'rating.given 20190605-001/rating @ 2019-06-05 09:31 score=4 station=hall case=20190605-001 medium=pad',
      'case.accepted 20190605-002/accepted @ 2019-06-05 09:10 case=20190605-002 station=hall channel=online item=YB-07',
    ],
    refused: ['4 value'],
    questions: [
      'station-assumed  hall',
      'item-foreign 事项编码 YB-03/YB-07/JS-01 2/3/4',
      'handling-unread 办件类型 2/1 2/3/4',
      'outcome-assumed  approved',
      'score-scale 满意度 4/9',
      'score-unknown 满意度 9 4',
      'medium-assumed  pad',
      'free-text 备注',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'requests with a header in English capitals, marks for nothing, an index of its own',
    text: `REC_ID,CREATE_TIME,COMMUNITY_NAME,EVENT_SRC_NAME,SUB_TYPE_NAME,INTIME_ARCHIVE_NUM
1001,2018-06-05 09:03:00,dongxi,电话,社保办理,1
1002,2018-06-05 10:20:00,nanpo,微信,-,0`,
    kind: 'requests',
    events: [
      'request.received 1001/received @ 2018-06-05 09:03 request=1001 station=dongxi topic=社保办理 medium=电话',
      'request.received 1002/received @ 2018-06-05 10:20 request=1002 station=nanpo medium=微信',
    ],
    questions: ['no-end', 'source  /import/CHANGE-ME'],
  },
  {
    says: 'tickets numbered from 1 each morning, at two stations, with wide digits and a year of two',
    text: `序号,网点,取号时间,叫号时间,结束时间
1,东溪,１９/6/25 9:03,19/6/25 9:05,19/6/25 9:20
2,南坡,19/6/25 9:04,19/6/25 9:09,19/6/25 9:30`,
    kind: 'tickets',
    events: [],
    refused: ['2 ambiguous', '3 ambiguous'],
    questions: [
      'id-built 序号+网点+取号时间',
      'source  /import/CHANGE-ME',
      'times-ambiguous 取号时间+叫号时间+结束时间 yy/M/d H:mm/d/M/yy H:mm 2/3',
      'century 取号时间+叫号时间+结束时间 2000',
    ],
  },
  {
    says: 'a log of steps with names of two parts, and two columns of one place',
    text: `case:concept:name,case:channel,case:startdate,case:enddate,case:deadline,community_id,community_name
C-1,Desk,2019-06-05T09:03:00+08:00,2019-06-06T09:00:00+08:00,2019-06-20,7,东溪社区
C-1,Desk,2019-06-05T09:03:00+08:00,2019-06-06T09:00:00+08:00,2019-06-20,7,东溪社区
C-2,Internet,2019-06-05T10:03:00+08:00,,2019-06-20,8,南坡社区`,
    kind: 'cases',
    events: [
      'case.accepted C-1/accepted @ 2019-06-05 09:03 case=C-1 station=dongxi channel=window item=未注明 promisedBy=2019-06-20T15:59:59.999Z',
      'case.finished C-1/finished @ 2019-06-06 09:00 case=C-1 outcome=approved',
      'case.accepted C-2/accepted @ 2019-06-05 10:03 case=C-2 station=nanpo channel=online item=未注明 promisedBy=2019-06-20T15:59:59.999Z',
    ],
    questions: [
      'id-repeats case:concept:name  3',
      'item-missing  未注明',
      'outcome-assumed  approved',
      'source  /import/CHANGE-ME',
    ],
  },
  {
    says: 'cases that begin at an hour and end on a day, at windows called by a word',
    text: `受理编号,业务名称,受理时间,办结日期,受理窗口,受理单位名称
S-1001,参保登记,2019-06-05 09:03,2019-06-05,综合窗口2,街道大厅
S-1002,租赁备案,2019-06-05 10:03,2019-06-07,绿色专窗,南坡社区`,
    kind: 'cases',
    events: [
      'case.accepted S-1001/accepted @ 2019-06-05 09:03 case=S-1001 station=hall channel=window item=SB-01 window=w02',
      'case.finished S-1001/finished @ 2019-06-05 00:00 case=S-1001 outcome=approved window=w02',
      'case.accepted S-1002/accepted @ 2019-06-05 10:03 case=S-1002 station=nanpo channel=window item=ZL-01 window=nanpo-g',
      'case.finished S-1002/finished @ 2019-06-07 00:00 case=S-1002 outcome=approved window=nanpo-g',
    ],
    questions: [
      'channel-assumed  window',
      'outcome-assumed  approved',
      'source  /import/CHANGE-ME',
      'day-only 办结日期',
    ],
  },
  {
    says: 'the day and the hour of a beginning in two columns, an end in one',
    text: `办件号,日期,受理时间,办结时间,事项,渠道
S-1,2019/6/5,9:03,2019-06-05 10:00,参保登记,自助终端
S-2,2019/6/5,14:10,,租赁备案,邮寄`,
    kind: 'cases',
    events: [
      'case.accepted S-1/accepted @ 2019-06-05 09:03 case=S-1 station=hall channel=self-service item=SB-01',
      'case.finished S-1/finished @ 2019-06-05 10:00 case=S-1 outcome=approved',
      'case.accepted S-2/accepted @ 2019-06-05 14:10 case=S-2 station=hall channel=post item=ZL-01',
    ],
    questions: ['station-assumed  hall', 'outcome-assumed  approved', 'source  /import/CHANGE-ME'],
  },
];
