/** What a sender may send, as one schema: an event in its envelope, or many. `parseEvent` judges, and says in words why not. */
import * as v from 'valibot';
import { isReserved } from './own.ts';
import { dataSchemas, EVENT_TYPES, idSchema as id, maybe } from './schema.ts';

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
