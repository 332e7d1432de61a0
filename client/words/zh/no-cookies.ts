/** What a device for citizens says in Chinese where its browser keeps no cookie, and so no token. */
export const noCookies = '请在浏览器设置里允许本站使用 Cookie，再用带令牌的地址打开';
