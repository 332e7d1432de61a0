/** What the page of suggestions asks of the server. */
import { CODE_LENGTH, CODE_SIGNS, type Deed, type SayKind } from '../../../domain/voices/events.ts';
import type { VoiceKind } from '../../../domain/voices/voice.ts';
import type { VoiceList, VoiceView } from '../../../domain/wire/voices.ts';
import { findProblem, type Problem } from '../../forms/problem.ts';
import { ask } from '../../live/ask.ts';
import type { Reply } from '../../live/request.ts';
import { own } from '../../../domain/wire/own.ts';
import type { SuggestionsWords } from '../../words/suggestions.ts';

export interface Asked {
  readonly list: VoiceList;
  readonly kind: VoiceKind | '';
  readonly q: string;
  readonly from?: string;
  readonly to?: string;
}

/** What is empty is not asked. */
export const readVoices = ({ list, kind, q, from, to }: Asked) =>
  ask('GET /api/suggestions', {
    query: { list, kind: kind || undefined, q: q || undefined, from: from || undefined, to: to || undefined },
  });

export const putDeed = ({ kind, id }: VoiceView, deed: Deed) =>
  ask('POST /api/suggestions/:kind/:id', { at: { kind, id }, body: deed });

export interface Slip {
  readonly code: string;
  readonly kind: SayKind;
  readonly text: string;
  readonly station: string;
}

export const putSlip = (slip: Slip) => ask('POST /api/suggestions', { body: slip });

/** For a slip, which nobody carries a telephone to. */
export function drawCode(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(CODE_LENGTH))];
  return bytes.map((byte) => CODE_SIGNS[byte % CODE_SIGNS.length]!).join('');
}

/** What went wrong, in the words of this page where it has some. */
export function tellProblem(reply: Reply<unknown>, words: SuggestionsWords): Problem | undefined {
  const problem = findProblem(reply, words.access);
  if (problem === undefined || reply.type !== 'refused') return problem;
  const text = own(words.suggestions.problems, reply.error ?? '');
  return text === undefined ? problem : { ...problem, text };
}
