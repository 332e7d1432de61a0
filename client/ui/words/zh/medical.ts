/** What 医保试点 says in Chinese. */

export const medical = {
  title: '医保试点',
};
