/** What a sender may send, as one schema: an event in its envelope, or many. `parseEvent` judges, and says in words why not. */
import * as v from 'valibot';
import { isReserved } from './own.ts';
import { dataSchemas, EVENT_TYPES, ID_LIMIT } from './schema.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(ID_LIMIT));
/** An attribute that is `null` is an absent one. */
const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema));

const eventSchema = v.variant(
  'type',
  EVENT_TYPES.filter((type) => !isReserved(type)).map((type) =>
    v.looseObject({
      specversion: v.literal('1.0'),
      type: v.literal(type),
      source: id,
      id,
      subject: maybe(id),
      time: maybe(v.pipe(v.string(), v.isoTimestamp())),
      datacontenttype: maybe(v.string()),
      data: dataSchemas[type] as v.GenericSchema,
    }),
  ),
);

export const sentSchema = v.union([eventSchema, v.array(eventSchema)]);
