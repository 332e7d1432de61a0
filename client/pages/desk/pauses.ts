/** Reasons for a pause as a person chooses among them: written down in Chinese, read in the language of the page. */
import type { PauseReason } from '../../../domain/desk/catalogue.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';

export function namePauses(
  reasons: readonly PauseReason[] = [],
  words: DeskOwnWords,
): { readonly value: string; readonly label: string }[] {
  return reasons.map(({ zh, en }) => ({ value: zh, label: words.pick(zh, en) }));
}
