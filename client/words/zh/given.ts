/** What a hall gives in two languages, on a page in Chinese. */
export const given = {
  /** A name in the language of the page, where it has one. */
  pick: (name: string, _nameEn: string | undefined): string => name,
  /** The language of what `pick` gives, for `lang`; absent where it is the page's own. */
  langOf: (_nameEn: string | undefined): 'zh-CN' | undefined => undefined,
};
