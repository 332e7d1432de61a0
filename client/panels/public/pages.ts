/** The quiet band: notices, free services, stars, adopted suggestions and the telephone, one after another. */
import type { PublicData } from '../../../domain/board/topics/data-public.ts';
import type { PublicWords } from '../../words/zh/public.ts';
import { own } from '../../../domain/wire/own.ts';
import { measureText, splitText } from '../../ui/measure.ts';

/** What fits the band at every shape, in digits' width. */
export const PAGE_WIDTH = 132;
/** What fits half of it. */
const LEAD_WIDTH = 66;

export interface BandPage {
  kind: 'notice' | 'free' | 'star' | 'suggestion' | 'telephone';
  title: string;
  /** A short line above the text. */
  lead?: string;
  text: string;
  /** The text's language, where that is not the page's. */
  lang?: 'zh-CN' | undefined;
  /** A small line below. */
  note?: string;
}

export function buildPages(data: PublicData, words: PublicWords): BandPage[] {
  const { band } = words;
  return [
    ...data.notices.flatMap(({ zh, en }) => spread({ kind: 'notice', title: band.notice }, words.pick(zh, en))),
    ...listServices(data, words),
    ...data.stars.flatMap(({ month, kind, name, citation, citationEn }) => {
      const lead = `${band.month(month)} ${own(band.kinds, kind) ?? kind} ${name}`;
      const page = { kind: 'star', title: band.star, lead, lang: words.langOf(citationEn) } as const;
      return spread(page, words.pick(citation ?? '', citationEn));
    }),
    ...data.suggestions.flatMap(({ text, answer = '' }) => {
      const page = { kind: 'suggestion', title: band.suggestion } as const;
      const both = band.answer(answer);
      if (answer !== '' && measureText(text) <= LEAD_WIDTH && measureText(both) <= LEAD_WIDTH)
        return [{ ...page, lead: text, text: both }];
      return [...spread(page, text), ...(answer === '' ? [] : spread(page, both))];
    }),
    ...(data.supervisionTelephone
      ? [
          {
            kind: 'telephone' as const,
            title: band.telephone,
            text: data.supervisionTelephone,
            note: band.telephoneNote,
          },
        ]
      : []),
  ];
}

function listServices({ freeServices }: PublicData, { band }: PublicWords): BandPage[] {
  const names = freeServices.flatMap((kind) => own(band.services, kind) ?? []);
  if (names.length === 0) return [];
  return [{ kind: 'free', title: band.free, text: names.join(band.joined), note: band.servicesNote }];
}

/** One page, or as many as the text needs; a page without a text lives of its lead. */
function spread(page: Omit<BandPage, 'text'>, text: string): BandPage[] {
  const parts = splitText(text, page.lead === undefined ? PAGE_WIDTH : LEAD_WIDTH);
  return parts.length === 0 ? [{ ...page, text: '' }] : parts.map((part) => ({ ...page, text: part }));
}
