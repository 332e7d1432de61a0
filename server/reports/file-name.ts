/** What a report's file is called: by the hall, its kind and its days, which are the hall's and not UTC's. */
import type { Report } from '../../domain/wire/report.ts';

type Named = Pick<Report, 'title' | 'span' | 'kind'>;

const tellDays = ({ span: { from, to } }: Named): string => (from === to ? from : `${from}_${to}`);

/** Its title and its days, without what some file system refuses: a name, and never a path. */
export function nameFile(report: Named, extension: string): string {
  const name = report.title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').replace(/^[\s.]+|\s+$/g, '');
  return `${[...name].slice(0, 60).join('')} ${tellDays(report)}.${extension}`;
}

/** `Content-Disposition` of a report: its name, and one for what reads ASCII alone. */
export function describeFile(report: Named, extension: string): string {
  const encoded = encodeURIComponent(nameFile(report, extension)).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="report-${report.kind}-${tellDays(report)}.${extension}"; filename*=UTF-8''${encoded}`;
}
