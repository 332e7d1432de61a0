/** What a report's file is called: by the hall, its kind and its days, which are the hall's and not UTC's. */
import type { Report } from '../../domain/wire/report.ts';

/** `Content-Disposition` of a report: its name, and one for what reads ASCII alone. */
export function describeFile(report: Pick<Report, 'title' | 'span' | 'kind'>, extension: string): string {
  const { title, kind, span } = report;
  const days = span.from === span.to ? span.from : `${span.from}_${span.to}`;
  // What some file system refuses.
  const name = title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim();
  const file = `${name} ${days}.${extension}`;
  const encoded = encodeURIComponent(file).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="report-${kind}-${days}.${extension}"; filename*=UTF-8''${encoded}`;
}
