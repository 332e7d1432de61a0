/** What a device for citizens says in English where its browser keeps no cookie, and so no token. */
export const noCookies =
  'Allow cookies for this site in the browser’s settings, then open the address with the token again';
