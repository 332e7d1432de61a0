/** The fields of an event type, as its schema has them: what a page can offer to choose from. Pure. */
import { dataSchemas, momentSchema, type EventType } from './schema.ts';

export interface EventField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly kind: 'text' | 'number' | 'flag' | 'moment' | 'choice';
  /** Of a choice all that it can be. */
  readonly options: readonly (string | number)[];
}

/** What of a schema is asked here; valibot's own types say it for each schema apart. */
interface AnySchema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, AnySchema>>;
  readonly wrapped?: AnySchema;
  readonly options?: readonly unknown[];
}

/** Fields that are told by a single value; lists and objects are left out. */
export function fieldsOf(type: EventType): readonly EventField[] {
  const { entries = {} } = dataSchemas[type] as unknown as AnySchema;
  return Object.entries(entries).flatMap(([name, schema]): EventField[] => {
    const isRequired = schema.type !== 'nullish';
    const inner = schema.wrapped ?? schema;
    const kind = kindOf(inner);
    if (kind === undefined) return [];
    const options = kind === 'choice' ? (inner.options as readonly (string | number)[]) : [];
    return [{ name, isRequired, kind, options }];
  });
}

function kindOf(schema: AnySchema): EventField['kind'] | undefined {
  if (schema === (momentSchema as unknown)) return 'moment';
  switch (schema.type) {
    case 'picklist':
      return 'choice';
    case 'boolean':
      return 'flag';
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    // A flag or a text: a text can say what a flag cannot.
    case 'union':
      return 'text';
    default:
      return undefined;
  }
}
