/** Templates: texts with columns in braces, the way everything in a mapping names what it reads. */
import type { CompileContext, Reader } from './compile.ts';

export interface Compiled<T> {
  readonly read: Reader<T>;
  readonly columns: readonly string[];
}

/** `{column}` stands for the column's text; `{{` and `}}` for braces. A blank column makes the whole text absent. */
export function compileTemplate(context: CompileContext, path: string, template: string): Compiled<string> {
  const pieces: (string | ReturnType<CompileContext['column']>)[] = [];
  const columns: string[] = [];
  for (const [piece, name] of template.matchAll(/\{\{|\}\}|\{([^{}]+)\}|[^{}]+|[{}]/g)) {
    if (name !== undefined) {
      columns.push(name);
      pieces.push(context.column(name));
    } else if (piece === '{' || piece === '}') {
      context.fail(path, 'a brace stands alone; write {column}, or {{ and }} for braces');
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
        if (part === undefined) return undefined;
        text += part;
      }
      return text;
    },
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
