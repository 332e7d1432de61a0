/** Templates: texts with columns in braces, the way everything in a mapping names what it reads. */
import { type CompileContext, type Reader, Refusal } from './compile.ts';

export interface Compiled<T> {
  readonly read: Reader<T>;
  readonly columns: readonly string[];
}

/** `{column}` stands for the column's text; `{{` and `}}` for braces. A blank column makes the whole text absent. */
export function compileTemplate(context: CompileContext, path: string, template: string): Compiled<string> {
  const pieces: (string | Reader<string>)[] = [];
  const columns: string[] = [];
  for (const [piece, name] of template.matchAll(/\{\{|\}\}|\{([^{}]+)\}|[^{}]+|[{}]/g)) {
    if (name !== undefined) {
      columns.push(name);
      pieces.push(readSound(context, name));
    } else if (piece === '{' || piece === '}') {
      context.fail(
        path,
        'a brace stands alone; write {column}, or {{ and }} for braces',
        '有一个单独的花括号；列写作 {列名}，花括号本身写作 {{ 或 }}',
      );
    } else pieces.push(piece === '{{' ? '{' : piece === '}}' ? '}' : piece);
  }
  const only = pieces.length === 1 ? pieces[0]! : undefined;
  if (typeof only === 'function') return { read: only, columns };
  return {
    columns,
    read: (cells) => {
      let text = '';
      for (const piece of pieces) {
        const part = typeof piece === 'string' ? piece : piece(cells);
        if (part === undefined || part instanceof Refusal) return part;
        text += part;
      }
      return text;
    },
  };
}

/** What a spreadsheet shows in the place of a value that it could not find or reckon. */
const ERRORS: ReadonlySet<string> = new Set(
  '#N/A #VALUE! #REF! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #GETTING_DATA'.split(' '),
);

/** An error is no text of a hall's, unless the mapping says that it means nothing. */
function readSound(context: CompileContext, name: string): Reader<string> {
  const read = context.column(name);
  return (cells) => {
    const text = read(cells);
    return text?.startsWith('#') && ERRORS.has(text) ? new Refusal('error', [name]) : text;
  };
}

/** The first reader that finds something; a reader that refuses ends the search. */
export function compileFirst<T>(entries: readonly Compiled<T>[]): Compiled<T> {
  return {
    columns: entries.flatMap((entry) => entry.columns),
    read: (cells) => {
      for (const entry of entries) {
        const found = entry.read(cells);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
