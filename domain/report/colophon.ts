/** What every report carries about itself: span, zone, position of the ledger, and when it was made. */
import type { ReportInput } from './input.ts';

export function tellColophon({
  language,
  span,
  timeZone,
  measures: { seq },
  moment: made,
  workingDays,
}: Pick<ReportInput, 'language' | 'span' | 'timeZone' | 'measures' | 'moment' | 'workingDays'>): string[] {
  return language === 'zh'
    ? [
        `统计期：${span.from} 至 ${span.to}（${workingDays}个工作日），时区 ${timeZone}`,
        `生成时间：${made}，台账位置 ${seq}`,
      ]
    : [
        `Span: ${span.from} to ${span.to} (${workingDays} working days), time zone ${timeZone}`,
        `Made: ${made}, position ${seq} of the ledger`,
      ];
}
