/** Items of a catalogue out of a pasted sheet: what each row means, and what is wrong with those that mean nothing. Pure. */
import { identityInText } from '../events/identity.ts';
import { FORBIDDEN_NAMES } from '../events/inspect.ts';
import type { Catalogue, Item } from './profile.ts';
import { readSheet, type Column, type ReadCell, type RowFlaw, type SheetRow } from './sheet.ts';

const COLUMNS = {
  name: { names: ['事项名称', '事项', '名称', 'name', 'item'], isRequired: true },
  code: { names: ['编码', '事项编码', '代码', 'code'], isRequired: true },
  line: { names: ['条线', '业务条线', '业务', 'line'], isRequired: true },
  kind: { names: ['类型', '办件类型', 'kind'], isRequired: true },
  promisedDays: { names: ['承诺工作日', '承诺时限', '承诺办结时限', 'promised days'], isRequired: false },
  statutoryDays: { names: ['法定工作日', '法定时限', '法定办结时限', 'statutory days'], isRequired: false },
  deferrable: { names: ['容缺', '容缺受理', 'deferrable'], isRequired: false },
  licence: { names: ['出证', '是否出证', 'licence'], isRequired: false },
} as const satisfies Readonly<Record<string, Column>>;
export type ItemField = keyof typeof COLUMNS;
export const ITEM_FIELDS = Object.keys(COLUMNS) as ItemField[];

const LONGEST = { name: 120, code: 60, line: 40 } as const;
const KINDS = new Map<string, Item['kind']>([
  ...['即办', '即办件', '即时办结', 'instant'].map((word) => [word, 'instant'] as const),
  ...['承诺', '承诺件', '承诺办理', 'promised'].map((word) => [word, 'promised'] as const),
]);
const YES = ['是', '有', '可', '√', '✓', 'y', 'yes', '1'];
const NO = ['', '否', '无', '不可', '×', 'x', '-', '—', 'n', 'no', '0'];
/** A missing paper is supplied within so many working days where the sheet says no more than that it may be. */
const DEFERRED_DAYS = 5;
const MOST_DAYS = 3_650;

export interface PastedItems {
  readonly items: readonly Item[];
  /** Those of the catalogue, and behind them those that the sheet names first. */
  readonly lines: Catalogue['lines'];
  readonly flaws: readonly RowFlaw<ItemField>[];
}

/** @param lines lines of business that there are already: they are found by name or by id */
export function readItems(rows: readonly SheetRow[], lines: Catalogue['lines']): PastedItems {
  const sheet = readSheet(rows, COLUMNS);
  if ('flaws' in sheet) return { items: [], lines, flaws: sheet.flaws };
  const known = new Map([
    ...lines.map(({ id }) => [id, id] as const),
    ...lines.map(({ id, name }) => [name, id] as const),
  ]);
  const allLines = [...lines];
  const codes = new Set<string>();
  const items: Item[] = [];
  const flaws: RowFlaw<ItemField>[] = [];
  for (const row of sheet.rows) {
    const read = readItem(row, sheet.read);
    if ('reason' in read) flaws.push(read);
    else if (codes.has(read.code)) flaws.push({ line: row.line, field: 'code', reason: 'twice', value: read.code });
    else {
      codes.add(read.code);
      // A line that nobody has named yet is called by its name in the ledger too.
      if (!known.has(read.line)) {
        known.set(read.line, read.line);
        allLines.push({ id: read.line, name: read.line });
      }
      items.push({ ...read, line: known.get(read.line)! });
    }
  }
  return { items, lines: allLines, flaws };
}

function readItem(row: SheetRow, read: ReadCell<ItemField>): Item | RowFlaw<ItemField> {
  const flaw = (field: ItemField, reason: RowFlaw<ItemField>['reason'], value?: string): RowFlaw<ItemField> => ({
    line: row.line,
    field,
    reason,
    ...(value === undefined ? {} : { value: value.slice(0, 40) }),
  });
  const texts = { name: read(row, 'name'), code: read(row, 'code').normalize('NFKC'), line: read(row, 'line') };
  for (const field of ['name', 'code', 'line'] as const) {
    const text = texts[field];
    if (text === '') return flaw(field, 'required');
    if (text.length > LONGEST[field]) return flaw(field, 'too-long', text);
    // Codes of items are long numbers themselves.
    if (field !== 'code' && identityInText(text, 'none') !== undefined) return flaw(field, 'identity');
    if (/[\p{Cc}\p{Cs}]/u.test(text) || (field !== 'name' && FORBIDDEN_NAMES.includes(text)))
      return flaw(field, 'not-allowed', text);
  }
  const kind = KINDS.get(read(row, 'kind').toLowerCase());
  if (kind === undefined) return flaw('kind', read(row, 'kind') === '' ? 'required' : 'kind', read(row, 'kind'));
  const promisedDays = readDays(read(row, 'promisedDays'));
  const statutoryDays = readDays(read(row, 'statutoryDays'));
  if (promisedDays === null) return flaw('promisedDays', 'days', read(row, 'promisedDays'));
  if (statutoryDays === null) return flaw('statutoryDays', 'days', read(row, 'statutoryDays'));
  if (kind === 'promised' && promisedDays === undefined) return flaw('promisedDays', 'required');
  if (promisedDays !== undefined && statutoryDays !== undefined && promisedDays > statutoryDays)
    return flaw('promisedDays', 'beyond-law', String(promisedDays));
  const deferrable = readDeferred(read(row, 'deferrable'));
  if (deferrable === null) return flaw('deferrable', 'yes-no', read(row, 'deferrable'));
  const licence = readYes(read(row, 'licence'));
  if (licence === null) return flaw('licence', 'yes-no', read(row, 'licence'));
  return {
    ...texts,
    kind,
    ...(statutoryDays === undefined ? {} : { statutoryDays }),
    ...(promisedDays === undefined ? {} : { promisedDays }),
    ...(deferrable === undefined ? {} : { deferrable: { days: deferrable } }),
    ...(licence ? { yieldsLicence: true } : {}),
  };
}

/** `undefined` where nothing is said, `null` for what is no number of days. */
function readDays(text: string): number | null | undefined {
  if (text === '' || text === '-' || text === '—') return undefined;
  const [, digits] = /^(\d{1,4})(?:\.0+)?\s*(?:个?工作日|天|日)?$/.exec(text.normalize('NFKC')) ?? [];
  return digits !== undefined && Number(digits) <= MOST_DAYS ? Number(digits) : null;
}

function readYes(text: string): boolean | null {
  const folded = text.normalize('NFKC').toLowerCase();
  return YES.includes(folded) ? true : NO.includes(folded) ? false : null;
}

/** In how many working days a missing paper is supplied, where it may be missing. */
function readDeferred(text: string): number | null | undefined {
  const days = readDays(text);
  if (typeof days === 'number') return days === 0 ? undefined : days;
  const isYes = readYes(text);
  return isYes === null ? null : isYes ? DEFERRED_DAYS : undefined;
}
