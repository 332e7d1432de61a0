/** What 明星墙 says in Chinese. */

export const stars = {
  title: '明星墙',
};
