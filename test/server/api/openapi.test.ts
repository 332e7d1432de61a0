// The contract as the server tells it: whole, valid, and true of what is asked and answered.
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isReserved } from '../../../domain/events/own.ts';
import { parseEvent } from '../../../domain/events/parse.ts';
import { EVENT_TYPES } from '../../../domain/events/schema.ts';
import type { SignedOut } from '../../../domain/wire/accounts.ts';
import type { SignedIn } from '../../../domain/wire/desk.ts';
import type { FollowupList } from '../../../domain/wire/followups.ts';
import type { FigureRows } from '../../../domain/wire/rows.ts';
import type { VersionEntry } from '../../../domain/wire/setup.ts';
import type { JsonSchema, OpenApi, Operation } from '../../../server/api/openapi.ts';
import { samples } from '../../domain/events/samples.ts';
import { findDemo } from '../../e2e/demo.ts';
import { openStaffedHall, type StaffedHall } from '../staffed-hall.ts';
import { findDifferences, readTypes, writeAnswers } from './told-types.ts';

const types = readTypes();
let hall: StaffedHall;
let told: OpenApi;

function openValidator(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv;
}

function operations(): [route: string, Operation][] {
  return Object.entries(told.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): [string, Operation] => [
      `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      one,
    ]),
  );
}

const MEDIA = 'application/cloudevents-batch+json';
/** Events have schemas of their own, which the page does not type. */
const isEvents = (route: string): boolean => route === 'POST /api/events';

test('answers.json says what the types say (mend it by --update=all)', async () => {
  await expect(writeAnswers(types.answers)).toMatchFileSnapshot('../../../server/api/answers.json');
});

describe('the document', () => {
  beforeAll(async () => {
    hall = await openStaffedHall();
    const { status, body } = await hall.browser().ask('GET', '/api/openapi.json');
    expect(status).toBe(200);
    told = body as OpenApi;
  });
  afterAll(() => hall.close());

  test('is OpenAPI 3.1, with a name of its own for every operation', async () => {
    expect(await new Validator().validate({ ...told })).toMatchObject({ valid: true });
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(100);
  });

  describe('asks what the server checks', () => {
    test('each body has the fields of its type, and needs the same of them', () => {
      const bodies = operations().flatMap(([route, { requestBody }]) => {
        const content = requestBody?.['content'] as Record<string, { schema?: JsonSchema }> | undefined;
        return content?.['application/json']?.schema ? [[route, content['application/json'].schema] as const] : [];
      });
      expect(bodies.length).toBeGreaterThan(40);
      const typed = new Set(Object.keys(types.bodies));
      expect([...typed].filter((route) => !bodies.some(([one]) => one === route))).toEqual([]);
      expect(
        bodies.flatMap(([route, schema]) =>
          isEvents(route)
            ? []
            : findDifferences(schema, types.bodies[route], types.schemas).map((one) => `${route}: ${one}`),
        ),
      ).toEqual([]);
    });

    test('each query as well', () => {
      expect(
        operations().flatMap(([route, { parameters }]) => {
          const own = parameters.filter((one) => one['in'] === 'query');
          const asked = {
            type: 'object',
            properties: Object.fromEntries(own.map((one) => [one['name'], one['schema']])),
            required: own.filter((one) => one['required']).map((one) => one['name']),
          };
          const typed = types.queries[route] ?? { type: 'object', properties: {} };
          return findDifferences(asked, typed, types.schemas).map((one) => `${route}: ${one}`);
        }),
      ).toEqual([]);
    });
  });

  test('events are described as the ledger takes them: each type that may be sent, and none of the hall’s own', () => {
    const { requestBody } = told.paths['/api/events']!['post']!;
    const content = requestBody!['content'] as Record<string, { schema: object }>;
    const check = openValidator().compile(content[MEDIA]!.schema);
    const accepts = (event: object): [one: boolean, many: boolean] => [check(event), check([event])];
    for (const type of EVENT_TYPES) {
      const event = { specversion: '1.0', id: 'a', source: '/a', type, data: samples[type].good };
      const isTaken = parseEvent(event, { now: 0 }).ok;
      expect([type, isTaken, ...accepts(event)]).toEqual([
        type,
        !isReserved(type),
        !isReserved(type),
        !isReserved(type),
      ]);
      expect([type, ...accepts({ ...event, data: 'x' })]).toEqual([type, false, false]);
    }
  });

  describe('answers what it says', () => {
    /** Answered by devices with a token, by a telephone, and of files that the demo has none of: each is held to its own tests. */
    const ELSEWHERE = [
      'GET /api/alarms/by-code',
      'GET /api/imports',
      'GET /api/reconcile/findings',
      'GET /api/say',
      'GET /api/take',
    ];

    test('of everything that may be read in the demo’s year', { timeout: 300_000 }, async () => {
      const url = await findDemo();
      const read = async (path: string, cookie: string): Promise<{ status: number; body: unknown }> => {
        const response = await fetch(`${url}${path}`, { headers: cookie === '' ? {} : { Cookie: cookie } });
        return { status: response.status, body: await response.json().catch(() => undefined) };
      };
      const { offers = [] } = (await read('/api/session', '')).body as SignedOut;
      const signIn = async (role: string): Promise<string> => {
        const { staff, password } = offers.find((one) => one.role === role)!;
        const headers = { Origin: url, 'Content-Type': 'application/json' };
        const asked = { method: 'POST', headers, body: JSON.stringify({ staff, password }) };
        return (await fetch(`${url}/api/session`, asked)).headers
          .getSetCookie()
          .map((line) => line.split(';')[0]!)
          .join('; ');
      };
      const cookies = [await signIn('manager'), await signIn('administrator'), await signIn('clerk')];
      const [manager] = cookies as [string];
      const { day } = (await read('/api/session', manager)).body as SignedIn;
      const month = `from=${day.slice(0, 8)}01&to=${day}`;
      const { rows } = (await read(`/api/rows?term=accepted&${month}&limit=1`, manager)).body as FigureRows;
      const followups = (await read('/api/followups', manager)).body as FollowupList;
      const [version] = (await read('/api/settings/profile/versions', manager)).body as VersionEntry[];
      const paths: Readonly<Record<string, string>> = {
        'GET /api/desk/catalogue': '?station=hall',
        'GET /api/desk/matters': '?station=hall',
        'GET /api/desk/owed': '?station=hall',
        'GET /api/desk/written': `?station=hall&day=${day}`,
        'GET /api/board': '?topic=overview',
        'GET /api/at': `?at=${day}T09:30&topic=overview&player=whoeverlooks`,
        'GET /api/days/frozen': `?${month}`,
        'GET /api/measures': `?${month}`,
        'GET /api/breakdown': `?${month}`,
        'GET /api/rows': `?term=accepted&${month}&limit=5`,
        'GET /api/rows/one': `?key=${encodeURIComponent(rows[0]!.key)}`,
        'GET /api/reports/sections': '?kind=month',
        'GET /api/brief': '?period=month',
        'GET /api/followups/one': `?followup=${encodeURIComponent(followups.rows[0]!.followup)}`,
        'GET /api/settings/:document/versions': '/api/settings/profile/versions',
        'GET /api/settings/:document/versions/:mark': `/api/settings/profile/versions/${version!.mark}`,
      };
      const ajv = openValidator();
      ajv.addSchema({ $id: 'told', ...told });
      const faults: string[] = [];
      const unanswered: string[] = [];
      for (const [route, { answer, gives }] of Object.entries(types.answers.routes)) {
        if (!route.startsWith('GET ') || gives !== undefined || ELSEWHERE.includes(route)) continue;
        const check = ajv.compile(JSON.parse(JSON.stringify(answer).replaceAll('"#/', '"told#/')) as object);
        const own = paths[route] ?? '';
        let isAnswered = false;
        for (const cookie of cookies) {
          const { status, body } = await read(own.startsWith('/') ? own : `${route.slice(4)}${own}`, cookie);
          isAnswered ||= status === 200;
          if (status === 200 && !check(body))
            faults.push(...check.errors!.map(({ instancePath, message }) => `${route} ${instancePath} ${message}`));
        }
        if (!isAnswered) unanswered.push(route);
      }
      expect([...new Set(faults)]).toEqual([]);
      expect(unanswered).toEqual([]);
    });

    test('a refusal is one, whatever is asked by nobody; and doors are as they are told', async () => {
      const nobody = hall.browser();
      for (const [route, { door }] of Object.entries(types.answers.routes)) {
        const [method, path] = route.split(' ') as [string, string];
        const { status, body } = await nobody.ask(
          method,
          path.replace(/:\w+/g, 'none'),
          method === 'GET' ? undefined : { password: 'x' },
        );
        if (door !== 'everybody') expect([route, [401, 403].includes(status)]).toEqual([route, true]);
        if (status >= 400 && status !== 503)
          expect([route, body]).toEqual([route, expect.objectContaining({ error: expect.any(String) as string })]);
      }
    });
  });
});
