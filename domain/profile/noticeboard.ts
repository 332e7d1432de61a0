/** What the hall tells the citizens in its waiting area: notices, who is on duty, what is free of charge. */
import * as v from 'valibot';
import { SERVICE_KINDS } from '../events/schema.ts';

const day = v.pipe(v.string(), v.isoDate());
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(120));

export const noticeboardSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** `from` and `until` are days, both included; absent means since ever, for ever. */
  notices: v.pipe(
    v.array(v.object({ zh: text, en: v.optional(text), from: v.optional(day), until: v.optional(day) })),
    v.maxLength(50),
  ),
  /** Who leads the hall floor on which days; the first entry in force wins. `weekdays`: 1 Monday to 7 Sunday, absent means all. */
  duty: v.array(
    v.object({
      staff: v.pipe(v.string(), v.minLength(1)),
      weekdays: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)))),
      from: v.optional(day),
      until: v.optional(day),
    }),
  ),
  /** 便民服务 that cost nothing, in the order in which they are shown. */
  freeServices: v.array(v.picklist(SERVICE_KINDS)),
  /** What staff work under, such as 六项承诺, in the hall's own words: the product has none. */
  conduct: v.optional(
    v.pipe(
      v.array(
        v.object({
          title: v.pipe(v.string(), v.minLength(1), v.maxLength(30)),
          rules: v.pipe(v.array(text), v.maxLength(20)),
        }),
      ),
      v.maxLength(8),
    ),
  ),
});
export type Noticeboard = v.InferOutput<typeof noticeboardSchema>;

export const DEFAULT_NOTICEBOARD: Noticeboard = { version: 1, notices: [], duty: [], freeServices: [] };
