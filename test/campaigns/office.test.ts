// What the campaign `office` looks for, and that it would miss what is not there; with LibreOffice on the machine also one month's report, really opened.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findOffice } from '../../commands/office.mjs';
import type { Report } from '../../domain/wire/report.ts';
import { findMissingCells, findMissingFigures, findMissingRows } from './office-figures.ts';
import { findOfficeFaults, runOfficeCampaign } from './office.ts';

const report: Report = {
  ...{ hall: { id: 'meilin', name: '厅', demo: false }, language: 'zh', kind: 'day', title: '日报', spanName: '今日' },
  ...{ span: { from: '2019-11-20', to: '2019-11-20' }, stations: [], timeZone: 'Asia/Shanghai', workingDays: 1 },
  ...{ today: '2019-11-25', madeAt: 0, isRunning: false, seq: 7, marks: [], comparisons: [] },
  ...{ colophon: [], definitions: [], missing: [] },
  sections: [
    {
      id: 'overview',
      heading: '总体',
      blocks: [
        { type: 'sentence', text: '受理1,299件。' },
        {
          type: 'table',
          columns: [
            { title: '指标', kind: 'text' },
            { title: '本期', kind: 'figure' },
          ],
          rows: [
            [
              { type: 'text', text: '受理' },
              { type: 'number', n: 1_299 },
            ],
            [
              { type: 'text', text: '满意率' },
              { type: 'share', n: 998, of: 1_000 },
            ],
          ],
        },
      ],
    },
  ],
};

describe('what is looked for', () => {
  test('rows of a text stand whole and in order', () => {
    const text = '日报\n今日\n总体\n受理1,299件。\n受理\n1,299\n满意率\n99.8%（998/1,000）\n';
    expect(findMissingRows(report, text)).toEqual({ figures: 2, missing: [] });
    expect(findMissingRows(report, text.replace('998/1,000', '997/1,000')).missing).toEqual([
      '满意率99.8%（998/1,000）',
    ]);
    expect(findMissingRows(report, text.replace('1,299件', '1,298件')).missing).toEqual(['受理1,299件。']);
  });

  test('figures of a page stand as often as they are told, whatever stands between; a hidden column is seen', () => {
    const page = '日报 今日 总体\n受理1,299\n— 2 —\n件。 受理 1,299 满意率 99.8%\n（998/1,000）\f';
    expect(findMissingFigures(report, page, false)).toEqual({ figures: 2, missing: [] });
    expect(findMissingFigures(report, page.replace('（998/1,000）', ''), false).missing).toEqual([
      '998/1,000 stands 0 times, not 1',
    ]);
    expect(findMissingFigures(report, '受理 1,299 满意率 ### 998 1,000', true).missing).toEqual([
      'a column is too narrow for its figures',
    ]);
  });

  test('numbers of a sheet are those of the report, and texts are none', () => {
    const sheet = '总体,,,\n受理,"1299",,\n满意率,"99.8%","998","1000"\n';
    expect(findMissingCells(report, [sheet])).toEqual({ figures: 4, missing: [] });
    expect(findMissingCells(report, [sheet.replace('"1299"', '"1,299"')]).missing).toEqual(['受理: 1299']);
    expect(findMissingCells(report, [sheet.replace('"998"', '"999"')]).missing).toHaveLength(1);
  });
});

const office = findOffice();
const absent = office ? '' : ' (SKIPPED: no LibreOffice here; `npm run campaign -- office` installs it)';

// A guard against hanging, not a measure: LibreOffice converts four times, beside everything else that the suite runs.
const HANGING = 900_000;

test.skipIf(!office)(
  `a month’s report is opened by LibreOffice, and its figures stand in it${absent}`,
  { timeout: HANGING },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-office-'));
    const lines = await runOfficeCampaign({
      folder,
      office: office!,
      kinds: ['month'],
      languages: ['zh'],
      onStep: () => undefined,
    });
    expect(findOfficeFaults(lines)).toEqual([]);
    expect(lines.map(({ file }) => file)).toEqual(['docx → text', 'docx → PDF', 'xlsx → PDF', 'xlsx → CSV']);
    for (const { figures } of lines) expect(figures).toBeGreaterThan(20);
    rmSync(folder, { recursive: true, force: true });
  },
);
