/** What 社区 says in Chinese. */

export const communities = {
  title: '社区',
};
