/** What 评价 says in Chinese. */

export const ratings = {
  title: '评价',
};
