/** What the page that explains the HTTP contract says in Chinese; no other page carries these words. */
export interface ApiOwn {
  page: string;
  title: string;
  lead: string;
  file: string;
  find: string;
  none: string;
  count: (n: number) => string;
  /** The part of the product that routes belong to, by the word after `/api`. */
  parts: Readonly<Record<string, string>>;
  /** Who gets in. */
  door: string;
  doors: Readonly<Record<string, string>>;
  query: string;
  body: string;
  answer: string;
  refusal: string;
  refusalNote: string;
  /** Of a field that has to be sent, and of one that is always answered. */
  needed: string;
  always: string;
  nothing: string;
  bytes: (type: string) => string;
  anyOf: string;
  listOf: (what: string) => string;
  tableOf: (what: string) => string;
  types: Readonly<Record<string, string>>;
}

export const api: ApiOwn = {
  page: '接口说明',
  title: '接口说明',
  lead: '本大厅服务器的全部 HTTP 接口。请求部分由校验请求的规则生成，应答部分由代码里的类型生成，随版本更新，不另外维护；各条说明取自代码，是英文。时刻一律是毫秒时间戳，日期一律是 2026-11-26 这样的写法。',
  file: '下载 OpenAPI 文件',
  find: '找接口（路径或说明里的字）',
  none: '没有这样的接口。',
  count: (n) => `${n} 个接口`,
  parts: {
    access: '密钥与令牌',
    accounts: '账号',
    alarms: '告警',
    at: '历史时刻',
    audit: '操作记录',
    board: '大屏数据',
    breakdown: '分项数字',
    brief: '简报与批示',
    checks: '每日核查',
    codes: '邀请码与重置码',
    days: '已公布的日子',
    desk: '工作台',
    events: '事件上报',
    followups: '督办',
    health: '运行状态',
    imports: '导入文件',
    mappings: '导入映射',
    measures: '指标数字',
    openapi: '本说明',
    rate: '窗口评价平板',
    reconcile: '对账',
    report: '报告',
    reports: '报告的章节与文字',
    robots: '群机器人',
    rows: '数字背后的明细',
    say: '意见表单',
    sending: '报告发送',
    session: '登录',
    settings: '设置与版本',
    setup: '建厅',
    stars: '明星墙',
    suggestions: '谏言处理',
    take: '取号机',
  },
  door: '谁能用',
  doors: {
    everybody: '任何人',
    session: '登录的人（再按职责判断）',
    bearer: '密钥或令牌（Authorization: Bearer）',
    display: '大屏令牌',
  },
  query: '查询参数',
  body: '请求内容',
  answer: '应答',
  refusal: '拒绝',
  refusalNote: '一律是 error（原因）和 field（出错的位置，可缺）；各个原因见 docs/http.md。',
  needed: '必填',
  always: '必有',
  nothing: '没有内容',
  bytes: (type) => `文件：${type}`,
  anyOf: '其中之一',
  listOf: (what) => `${what}列表`,
  tableOf: (what) => `名称 → ${what}`,
  types: {
    string: '文字',
    number: '数字',
    integer: '整数',
    boolean: '是否',
    null: '空',
    object: '对象',
    any: '任意',
  },
};
