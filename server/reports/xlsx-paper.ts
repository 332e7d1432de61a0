/** How a workbook's sheets are printed: A4 across, all columns on one page's width, the table's heading on each page, the page's number at its foot. */
import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import type { Feature } from 'write-excel-file/node';

/** What the library takes a picture as; there are none. */
export type Content = Stream | Buffer | Blob;

export interface PrintedSheet {
  readonly name: string;
  /** The row of the heading that each page repeats, from 1. */
  readonly heading?: number | undefined;
}

const A4 = 9;
/** Inches, as the format has them. */
const MARGINS = '<pageMargins left="0.6" right="0.6" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>';

export function createPaper(sheets: readonly PrintedSheet[], footer: string): Feature<Content> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) =>
            xml
              .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
              .replace(
                '</worksheet>',
                `${MARGINS}<pageSetup paperSize="${A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
                  `<headerFooter><oddFooter>${escape(footer)}</oddFooter></headerFooter></worksheet>`,
              ),
        },
        'xl/workbook.xml': {
          transform: (xml) =>
            xml.replace(/<definedNames\s*\/>/, `<definedNames>${sheets.map(repeat).join('')}</definedNames>`),
        },
      },
    },
  };
}

function repeat({ name, heading }: PrintedSheet, i: number): string {
  if (heading === undefined) return '';
  const sheet = escape(name.replaceAll("'", "''"));
  return `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${sheet}'!$${heading}:$${heading}</definedName>`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
