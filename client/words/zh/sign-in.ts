/** What the page of signing in says in Chinese. */
export const signIn = {
  page: '登录',
  loading: '正在打开…',
  retry: '再试一次',
  submit: '登录',
  keep: '本人手机，保持 30 天（只读）',
  keepHint: '只对领导有效；批示和修改前要再输一次密码。',
  demoTitle: '演示账号',
  demoHint: '点一下就登录。演示数据，随便试。',
  forgot: '忘记密码？请大厅管理员在“账号”页发一个新链接。',
  practise: '新人练习：不计入，放心试',
  haveCode: '有开通码',
  code: '开通码',
  codeHint: '16 位，在发给您的链接末尾；大小写、空格都可以。',
  codeSubmit: '下一步',
  now: (name: string, staff: string) => `本机已登录：${name}（${staff}）`,
  goOn: '继续使用',
  signOut: '退出登录',
  change: '换人登录',
  changeHint: '登录后换成新的人，原来的人随即退出；没传完的登记不会丢。',
  codeTitles: { 'set-up': '设立系统管理员', invitation: '开通账号', reset: '重设密码' },
  codeLeads: {
    'set-up': '这是本大厅的第一个账号。以后由它开通其他账号。',
    invitation: '请设一个只有您知道的密码，以后用工号和它登录。',
    reset: '请设一个新密码；在别处的登录会全部退出。',
  },
  staffHint: '字母和数字，例如 admin 或 g01。',
  setPassword: '设好并登录',
  toSignIn: '去登录',
};

export type SignInOwn = typeof signIn;
