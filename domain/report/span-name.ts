/** What a report's span is called: a period by its name, anything else by its two days. */
import { periodOf } from '../brief/periods.ts';
import { SAYINGS } from '../brief/sayings.ts';
import { isPeriod, type ReportInput } from './input.ts';
import type { ReportWords } from './words/zh.ts';

export function nameSpan({ kind, span, language }: ReportInput, words: ReportWords): string {
  // On paper the year never goes without saying.
  if (isPeriod(kind)) {
    const whole = periodOf(kind, span.from);
    if (whole.from === span.from && whole.to === span.to) return SAYINGS[language].span(kind, span, false);
  }
  return words.spanFree(span.from, span.to);
}
