/** The languages that every page, report and answer speaks. */
export type Language = 'zh' | 'en';
