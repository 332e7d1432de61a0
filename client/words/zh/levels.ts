/** The five levels of a rating, by score, as a citizen and the hall both read them. */
export const levels = ['', '非常不满意', '不满意', '基本满意', '满意', '非常满意'];
