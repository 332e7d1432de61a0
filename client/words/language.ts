/** The languages that every page speaks. */
export type Language = 'zh' | 'en';
