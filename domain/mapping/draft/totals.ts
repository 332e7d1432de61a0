/** Drafts of totals: of a day's counts the ledger takes those of consultations and services; all else it counts from cases and tickets. */
import type { ServiceKind } from '../../events/schema.ts';
import type { Column } from './columns.ts';
import type { Fields, Sketch } from './sketch.ts';

const CONSULTATIONS = /咨询|consult|enquir|inquir/;
const SERVICES: readonly (readonly [RegExp, ServiceKind])[] = [
  [/复印|打印|cop(y|ies)/, 'copying'],
  [/快递|邮寄|寄递|express|courier/, 'express'],
  [/上门|homevisit/, 'home-visit'],
  [/帮办|代办|陪同|引导|流动服务|accompan/, 'accompaniment'],
  [/母婴|哺乳|nursing/, 'nursing-room'],
  [/心理|counsel/, 'counselling'],
  [/自助(终端|机|服务)|terminal/, 'terminal'],
];
/** What is counted from single things, and never from a sum. */
const COUNTED_SINGLY =
  /受理|办件|办结|取号|叫号|接待|服务人次|评价|好评|差评|满意|工单|诉求|投诉|预约|业务量|总量|合计|件数|人次|accepted|finished|cases|tickets|visitors?|ratings?|total|count/;

export interface Totals {
  readonly kept: readonly Column[];
  readonly notKept: readonly Column[];
}

/** Columns of whole numbers that their names call a count. */
export function findTotals(columns: readonly Column[]): Totals {
  const counts = columns.filter(
    ({ access, cells, texts }) =>
      access === 'named' && cells.length > 0 && texts.every((text) => /^\d{1,3}(,\d{3})+$|^\d{1,7}$/.test(text)),
  );
  const kept = counts.filter(({ plain }) => CONSULTATIONS.test(plain) || serviceOf(plain) !== undefined);
  return { kept, notKept: counts.filter((column) => !kept.includes(column) && COUNTED_SINGLY.test(column.plain)) };
}

export function draftTotals(sketch: Sketch, { kept, notKept }: Totals): boolean {
  const date = sketch.find('date') ?? sketch.find('moment');
  if (notKept.length > 0)
    sketch.questions.ask(
      'totals-not-kept',
      '',
      notKept.map(({ label }) => label),
    );
  const time = sketch.moment('day', 'date', 'moment');
  if (!date || time === undefined || kept.length === 0) return false;
  const id = sketch.build([date.column], ['station', 'window', 'item', 'line']);
  const station = sketch.station();
  kept.forEach((column) => {
    const isPhone = /电话|热线|phone/.test(column.plain);
    const count = { from: sketch.use(column), as: 'number' } as const;
    const service = serviceOf(column.plain);
    const key = service ?? `consultations-${isPhone ? 'phone' : 'visit'}`;
    const data: Fields = CONSULTATIONS.test(column.plain)
      ? { station, medium: isPhone ? 'phone' : 'visit', count }
      : { station, kind: service!, count };
    const type = CONSULTATIONS.test(column.plain) ? 'hall.consultation.given' : 'hall.service.given';
    const holds = {
      all: [
        { column: column.name, blank: false },
        { column: column.name, not: '0' },
      ],
    };
    sketch.add(type, `${id.template}/${key}`, time, data, { where: holds });
  });
  return true;
}

function serviceOf(name: string): ServiceKind | undefined {
  return SERVICES.find(([words]) => words.test(name))?.[1];
}
