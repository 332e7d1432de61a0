// Any file is drafted or refused with a reason, and nothing of a citizen comes out.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftMapping, type Draft, type DraftInput } from '../../../../domain/mapping/draft.ts';
import { describeKind, describeQuestion } from '../../../../domain/mapping/draft/describe-question.ts';
import { QUESTION_KINDS } from '../../../../domain/mapping/draft/question.ts';
import { identityInText } from '../../../../domain/events/identity.ts';
import { parseMapping } from '../../../../domain/mapping/mapping.ts';
import { hall } from './draft-hall.ts';
import { files } from './files.ts';

const numRuns = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300);
const REASONS = ['no-header', 'no-rows', 'no-times', 'kind-unknown', 'totals-not-kept', 'unusable'];

const known = [...new Set(files.flatMap(({ text }) => text.split('\n')[0]!.split(',')))];
const texts = [
  ...new Set(
    files.flatMap(({ text }) =>
      text
        .split('\n')
        .slice(1)
        .flatMap((line) => line.split(',')),
    ),
  ),
];
const odd = [
  '__proto__',
  'constructor',
  'toString',
  '{a}',
  '{{',
  '}',
  '#3',
  '*',
  ' ',
  '\u0000',
  '\ud800',
  '"',
  'x'.repeat(3_000),
  '窗口',
];

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...known) },
  fc.constantFrom(...odd),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const cells = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...texts) },
  fc.constantFrom(...odd),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer().map(String),
);
/** Columns of one file each, whole, or of anything. */
const column = fc.oneof(
  fc.constantFrom(
    ...files.flatMap(({ text }) => {
      const [header, ...rows] = text.split('\n').map((line) => line.split(','));
      return header!.map((name, index) => ({ name, cells: rows.map((row) => row[index] ?? '') }));
    }),
  ),
  fc.record({ name: names, cells: fc.array(cells, { maxLength: 8 }) }),
);
const toInput = (
  columns: readonly { readonly name: string; readonly cells: readonly string[] }[],
  name: string,
): DraftInput => {
  const most = Math.max(0, ...columns.map((one) => one.cells.length));
  const rows = Array.from({ length: most }, (_, row) => ({
    line: row + 2,
    // Some rows are shorter than the header.
    cells: columns.map((one) => one.cells[row] ?? ''),
  }));
  return { name, header: columns.map((one) => one.name), rows, hall };
};
const inputs = fc
  .tuple(fc.array(column, { maxLength: 10 }), fc.string({ maxLength: 20 }))
  .map(([columns, name]) => toInput(columns, name));

test('any header and any cells: a mapping that parses, or a reason why there is none', () => {
  let drafted = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      const draft = draftMapping(input);
      const asked = draft.questions.map(({ kind }) => kind);
      if (draft.mapping === undefined)
        expect(REASONS.filter((reason) => asked.includes(reason as never))).not.toEqual([]);
      else {
        drafted++;
        const parsed = parseMapping(draft.mapping, hall.timeZone);
        expect(parsed.ok ? [] : parsed.problems).toEqual([]);
        expect(parsed.ok && parsed.mapping.bind(input.header)).toMatchObject({ ok: true });
        for (const { path } of draft.questions)
          expect([path, resolve(draft.mapping, path)]).not.toEqual([path, undefined]);
        expect(asked).toContain('source');
      }
      expect(asked).not.toContain('unusable');
      expect(draftMapping(input)).toEqual(draft);
    }),
    { numRuns },
  );
  expect(drafted).toBeGreaterThan(numRuns / 5);
});

/** What stands at a question's path. */
function resolve(mapping: unknown, path: string): unknown {
  if (path === '') return mapping;
  return path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .reduce((at, step) => (at as Record<string, unknown> | undefined)?.[step], mapping);
}

const citizens = [
  '张伟',
  '王小明',
  '欧阳娜娜',
  '13800138000',
  '138 0013 8000',
  '11010519491231002X',
  '0755-83911234',
  '李雪梅',
  '联系人：陈建国',
];

test('no citizen of the file stands in a mapping or a question, in whichever column they were', () => {
  for (const citizen of citizens) expect([citizen, identityInText(citizen, 'full')]).not.toEqual([citizen, undefined]);
  const spoilt = fc
    .tuple(
      fc.array(column, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(7), fc.nat(8), fc.constantFrom(...citizens)), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('导出', ...citizens),
    )
    .map(([columns, places, name]) => {
      const copy = columns.map((one) => ({ name: one.name, cells: [...one.cells] }));
      for (const [at, row, citizen] of places) {
        const one = copy[at % copy.length]!;
        // The last place is the header's own.
        if (row === 8) one.name = citizen;
        else one.cells[row % Math.max(1, one.cells.length)] = citizen;
      }
      return toInput(copy, name);
    });
  fc.assert(
    fc.property(spoilt, (input) => {
      const draft = draftMapping(input);
      const said = sayAll(draft);
      for (const citizen of citizens) expect(said).not.toContain(citizen);
    }),
    { numRuns },
  );
});

function sayAll({ mapping, questions }: Draft): string {
  const sentences = questions.flatMap((question) => [
    describeQuestion(question, 'zh'),
    describeQuestion(question, 'en'),
  ]);
  return JSON.stringify([mapping, questions, sentences]);
}

test.each(QUESTION_KINDS)('%s is asked in both languages', (kind) => {
  const asked = { kind, path: 'events[0]', columns: ['窗口', '社区'], values: ['1号'], rows: [2, 3] };
  const [zh, en] = [describeQuestion(asked, 'zh'), describeQuestion(asked, 'en')];
  expect(zh).toMatch(/[\u4e00-\u9fff].*[。？]$/);
  expect(en).toMatch(/^[A-Z"].*[.?]$|^1号 in/);
  expect(en).not.toMatch(/[，。：？、“”]/);
  for (const text of [zh, en]) expect(text).not.toMatch(/undefined| {2}| [,.;:?]|\(\)|“”/);
});

test('what was really asked reads as a sentence, with nothing missing in its midst', () => {
  for (const { text } of files) {
    const [header = [], ...rows] = text.split('\n').map((line) => line.split(','));
    const draft = draftMapping({
      name: '导出',
      header,
      rows: rows.map((cells, index) => ({ line: index + 2, cells })),
      hall,
    });
    if (draft.kind)
      for (const language of ['zh', 'en'] as const) expect(describeKind(draft.kind, language)).toMatch(/[.。]$/);
    for (const question of draft.questions)
      for (const language of ['zh', 'en'] as const)
        expect(describeQuestion(question, language)).not.toMatch(/undefined| {2}| [,.;:?]|: \.|：。|\(\)|（）|“”|""/);
  }
});
