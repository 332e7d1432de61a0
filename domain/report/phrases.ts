/** Sentences whose figures lead somewhere: pieces of text, and figures that name their measure. */
import type { Phrase, Sentence, ToldFigure } from '../wire/report.ts';

/** A template of text around figures, or around pieces that hold some. */
export function say(texts: TemplateStringsArray, ...between: readonly (Phrase | readonly Phrase[])[]): Phrase[] {
  return texts.flatMap((text, i) => [text, ...[between[i] ?? []].flat()]).filter((phrase) => phrase !== '');
}

/** The same with its first letter a capital one. */
export function toCapital(figure: ToldFigure): ToldFigure {
  return { ...figure, text: figure.text.charAt(0).toUpperCase() + figure.text.slice(1) };
}

export function toSentence(phrases: readonly Phrase[]): Sentence {
  return { type: 'sentence', text: phrases.map(textOf).join(''), phrases };
}

/** Of each figure in a sentence, the text apart. */
export function figuresIn({ phrases = [] }: Sentence): ToldFigure[] {
  return phrases.filter((phrase) => typeof phrase !== 'string');
}

function textOf(phrase: Phrase): string {
  return typeof phrase === 'string' ? phrase : phrase.text;
}
