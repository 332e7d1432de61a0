/** Cells of a file as a person may see them on a terminal or a page: never a citizen. */
import { identityInText, readKey } from '../../../domain/events/identity.ts';
import { maskIdentity, MASK } from '../../../domain/events/mask.ts';

/** The cell's text; where it looks like a citizen, or its column's name says that it holds one, it is masked. */
export function showCell(column: string, text: string, roster?: ReadonlySet<string>): string {
  if (text.trim() === '') return '';
  if (readKey(column).identity !== undefined) return MASK;
  if (identityInText(text, 'full', undefined, roster) === undefined) return text;
  return maskIdentity(text, roster)?.text ?? MASK;
}
