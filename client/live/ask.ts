/** The client of the server's HTTP contract: a route is asked by its name, with what its type wants, and answers its type. */
import type { Api } from '../../domain/wire/api.ts';
import { own } from '../../domain/wire/own.ts';
import { readJson, request, type Question, type Reply } from './request.ts';

export type Route = keyof Api;

/** The names in a route's address: of `POST /api/accounts/:staff/end` it is `staff`. */
type NamesIn<Address extends string> = Address extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | NamesIn<`/${More}`>
    : Rest
  : never;

type AtOf<R extends Route> = [NamesIn<R>] extends [never]
  ? { readonly at?: never }
  : { readonly at: Readonly<Record<NamesIn<R>, string>> };
/** `search`: as a page's own address has it, with its `?`. */
type QueryOf<R extends Route> = Api[R] extends { query: infer Q }
  ? { readonly search: string } | (object extends Q ? { readonly query?: Q } : { readonly query: Q })
  : { readonly query?: never };
type BodyOf<R extends Route> = Api[R] extends { body: infer B } ? { readonly body: B } : { readonly body?: never };

/** What a route is asked: the names of its address, its query, its body; and how. */
export type Asked<R extends Route> = AtOf<R> &
  QueryOf<R> &
  BodyOf<R> &
  Pick<Question<unknown>, 'file' | 'headers' | 'timeoutMs'> & {
    /** The server's, where it is not the page's own. */
    readonly origin?: string;
  };

/** How an answer is read that is more than its JSON; `answers`: statuses that are one here beside those of success. */
export type Reading<T> = Pick<Question<T>, 'read' | 'answers'>;

type Rest<R extends Route> = object extends Asked<R> ? [asked?: Asked<R>] : [asked: Asked<R>];

/** Never throws; an answer is trusted to be of the shape that the server promises. */
export function ask<R extends Route>(route: R, ...[asked]: Rest<R>): Promise<Reply<Api[R]['answer']>> {
  return askAs(route, asked ?? ({} as Asked<R>), { read: readAnswer<Api[R]['answer']> });
}

/** As `ask`, and reads the answer by itself. */
export function askAs<R extends Route, T>(route: R, asked: Asked<R>, reading: Reading<T>): Promise<Reply<T>> {
  const { at, query, body, file, headers, timeoutMs, origin = '', search = writeQuery(query) } = asked as Loose;
  const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string];
  const address = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(own(at ?? {}, name) ?? ''));
  return request(`${origin}${address}${search}`, {
    ...reading,
    ...(method === 'GET' ? {} : { method }),
    ...(body === undefined ? {} : { body }),
    ...(file === undefined ? {} : { file }),
    ...(headers === undefined ? {} : { headers }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

type Query = Readonly<Record<string, string | number | undefined>>;

function writeQuery(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** What the types above allow, for a function that knows no route. */
interface Loose extends Pick<Question<unknown>, 'file' | 'headers' | 'timeoutMs'> {
  readonly at?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly search?: string;
  readonly body?: object;
  readonly origin?: string;
}

/** Nothing, where a success has nothing to say. */
async function readAnswer<T>(response: Response): Promise<T> {
  return response.status === 204 ? (null as T) : readJson<T>(response);
}
