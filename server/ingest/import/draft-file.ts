/** A mapping drafted from the first rows of a file for the hall of a folder: its text, and what a person must still decide. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftMapping, type DraftInput } from '../../../domain/mapping/draft.ts';
import { describeKind, describeQuestion } from '../../../domain/mapping/draft/describe-question.ts';
import { createDraftHall, type DraftHall } from '../../../domain/mapping/draft/hall.ts';
import type { MappingSpec } from '../../../domain/mapping/schema.ts';
import type { Language } from '../../../domain/wire/language.ts';
import { checkBytes, type DocumentName, type DocumentTypes } from '../../documents/check-document.ts';

export interface DraftedFile {
  /** JSON to be saved as a mapping; absent where none could be written. */
  readonly mapping: string | undefined;
  /** What the file seems to be, then a question a line. */
  readonly lines: readonly string[];
}

/** @param file how the file is read, where that does not go without saying */
export function draftFile(
  hall: DraftHall,
  { name, header, rows, file }: Omit<DraftInput, 'hall'> & Pick<MappingSpec, 'file'>,
  language: Language,
): DraftedFile {
  const { kind, mapping, questions } = draftMapping({ name, header, rows, hall });
  const asked = questions.map((question, index) => {
    const place = question.path === '' ? '' : `${question.path}${language === 'zh' ? '：' : ': '}`;
    return `${index + 1}. ${place}${describeQuestion(question, language)}`;
  });
  return {
    mapping: mapping && JSON.stringify(file ? placeFile(mapping, file) : mapping, null, 2),
    lines: [...(kind ? [describeKind(kind, language)] : []), ...asked],
  };
}

/** Before the events, where a reader looks for it. */
export function placeFile(
  { name, note, source, ...others }: MappingSpec,
  file: NonNullable<MappingSpec['file']>,
): MappingSpec {
  if (Object.keys(file).length === 0) return { name, ...(note === undefined ? {} : { note }), source, ...others };
  return { name, ...(note === undefined ? {} : { note }), source, file, ...others };
}

/** The hall of the first folder whose profile and catalogue, or their last good copies, can be read. */
export function readDraftHall(folders: readonly string[]): DraftHall | undefined {
  for (const folder of folders) {
    const [profile, catalogue] = [readDocument(folder, 'profile'), readDocument(folder, 'catalogue')];
    if (profile && catalogue) return createDraftHall(profile, catalogue);
  }
  return undefined;
}

function readDocument<N extends DocumentName>(folder: string, name: N): DocumentTypes[N] | undefined {
  for (const file of [`${name}.json`, `${name}.last-good.json`]) {
    const bytes = readIfThere(join(folder, file));
    const checked = bytes && checkBytes(name, bytes);
    if (checked?.ok) return checked.value;
  }
  return undefined;
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
