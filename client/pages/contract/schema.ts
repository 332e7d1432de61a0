/** JSON Schema as people read it: the fields of an object, and what a value is in a few words. Pure. */
import { own } from '../../../domain/wire/own.ts';
import type { ApiOwn } from '../../words/zh/api.ts';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export type Schemas = Readonly<Record<string, Schema>>;

export interface SchemaField {
  readonly name: string;
  readonly isNeeded: boolean;
  /** Such as `text` or `list of object`. */
  readonly what: string;
  readonly description: string;
  /** What can be opened below it. */
  readonly inner?: Schema;
}

const LONGEST_CHOICES = 12;

/** The schema that a reference leads to. */
export function follow(schema: Schema, schemas: Schemas): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (own(schemas, name) ?? {});
}

/** What can be told apart of a value; `[]` for a value that is no object and no choice between objects. */
export function listFields(given: Schema, schemas: Schemas, words: ApiOwn): SchemaField[] {
  const schema = follow(given, schemas);
  const choices = choicesOf(schema, schemas);
  if (choices.length > 0)
    return choices.map((inner, i) => ({
      ...{ name: nameChoice(inner, schemas, i), isNeeded: false, what: words.anyOf, description: '' },
      inner,
    }));
  const parts = schema.allOf?.flatMap((one) => listFields(one, schemas, words)) ?? [];
  const needed = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]): SchemaField => {
    const inner = innerOf(one, schemas);
    return {
      name,
      isNeeded: needed.has(name),
      what: tellType(one, schemas, words),
      description: one.description ?? '',
      ...(inner && listFields(inner, schemas, words).length > 0 ? { inner } : {}),
    };
  });
  return [...parts, ...fields];
}

/** The objects that a value may be one of; of a choice in a choice its own ones. */
function choicesOf(schema: Schema, schemas: Schemas): Schema[] {
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap((given) => {
    const one = follow(given, schemas);
    if (one.anyOf ?? one.oneOf) return choicesOf(one, schemas);
    return one.properties || one.allOf ? [given] : [];
  });
}

/** Of a list or a table what is in it. */
function innerOf(given: Schema, schemas: Schemas): Schema | undefined {
  const schema = follow(given, schemas);
  if (typeof schema.items === 'object') return innerOf(schema.items, schemas);
  if (!schema.properties && typeof schema.additionalProperties === 'object')
    return innerOf(schema.additionalProperties, schemas);
  return given;
}

/** A choice is called by what only it says: a type of event such as `hall.case.accepted`, or its first field of one value. */
function nameChoice(given: Schema, schemas: Schemas, at: number): string {
  const schema = follow(given, schemas);
  const fixed = Object.values(schema.properties ?? {}).flatMap((one) => {
    const value = one.const ?? (one.enum?.length === 1 ? one.enum[0] : undefined);
    return typeof value === 'string' ? [value] : [];
  });
  return fixed.find((value) => /^[a-z]+\./.test(value)) ?? fixed[0] ?? `${at + 1}`;
}

export function tellType(given: Schema, schemas: Schemas, words: ApiOwn): string {
  const schema = follow(given, schemas);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) {
    const shown = schema.enum.slice(0, LONGEST_CHOICES).map((one) => JSON.stringify(one));
    return `${shown.join(' | ')}${schema.enum.length > LONGEST_CHOICES ? ' | …' : ''}`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((one) => tellType(one, schemas, words)))].join(' | ');
  if (schema.prefixItems) return `[${schema.prefixItems.map((one) => tellType(one, schemas, words)).join(', ')}]`;
  if (typeof schema.items === 'object') return words.listOf(tellType(schema.items, schemas, words));
  if (!schema.properties && typeof schema.additionalProperties === 'object')
    return words.tableOf(tellType(schema.additionalProperties, schemas, words));
  const types = [schema.type ?? (schema.properties || schema.allOf ? 'object' : 'any')].flat();
  return types.map((type) => own(words.types, type) ?? type).join(' | ');
}
