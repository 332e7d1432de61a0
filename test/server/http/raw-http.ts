// A request with exactly the line and headers that are given: `fetch` mends addresses and keeps `Host` for itself.
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** By names in lower case; several of one name are joined by a line break. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  /** As it stands in the request line. */
  readonly target: string;
  /** A list of several values sends the header as often; `Host` is the server's own unless it is given. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string;
  readonly version?: string;
  /** The address of this machine from which to ask, such as `127.0.0.2`. */
  readonly from?: string;
}

export function askRaw(url: string, request: RawRequest): Promise<RawAnswer> {
  const { port, host } = new URL(url);
  const { method = 'GET', target, body = '', version = '1.1', from } = request;
  const headers = { Host: host, Connection: 'close', 'Content-Length': String(body.length), ...request.headers };
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values === undefined ? [] : [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  return new Promise((resolve, reject) => {
    const tcp = connect({
      port: Number(port),
      host: '127.0.0.1',
      ...(from === undefined ? {} : { localAddress: from }),
    });
    let text = '';
    tcp.setEncoding('latin1').on('data', (part: string) => (text += part));
    tcp.once('error', reject);
    tcp.once('close', () => resolve(readAnswer(text)));
    tcp.write(`${method} ${target} HTTP/${version}\r\n${lines.join('')}\r\n${body}`, 'latin1');
  });
}

function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...rest] = text.slice(0, end).split('\r\n');
  const headers = new Map<string, string>();
  for (const one of rest) {
    const colon = one.indexOf(':');
    const name = one.slice(0, colon).toLowerCase();
    const value = one.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}\n${value}` : value);
  }
  return { status: Number(line.split(' ')[1]), headers, body: text.slice(end + 4) };
}
