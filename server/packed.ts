/** What goes over the wire goes packed: built files in the forms that the build laid beside them, answers as they are made. */
import { access } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import { static as serveStatic, type RequestHandler, type Response } from 'express';

/** The better one first; a browser takes `br` over TLS alone. */
const FORMS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** A name without folders, of a file as it was built: its packed forms have no address of their own. */
const NAME = /^\/(?!.*\.(?:br|gz)$)[\w-][\w.-]*$/;

/**
 * Serves the files of `folder`, whose names hold their content's hash, each in the best form that lies there and that
 * is asked for. Each form has an ETag of its own, and a range is one of that form's bytes (RFC 9110, section 14.2).
 */
export function serveAssets(folder: string): RequestHandler {
  const serve = serveStatic(folder, { index: false, redirect: false, setHeaders: describeFile });
  return async (request, response, next) => {
    const { path, url } = request;
    if (!NAME.test(path)) return next();
    response.vary('Accept-Encoding');
    for (const [encoding, ending] of FORMS) {
      if (request.acceptsEncodings(encoding) !== encoding) continue;
      const isThere = await access(join(folder, `${path}${ending}`)).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      request.url = `${path}${ending}`;
      break;
    }
    serve(request, response, (error?: unknown) => {
      request.url = url;
      next(error);
    });
  };
}

function describeFile(response: Response, file: string): void {
  response.set('Cache-Control', 'public, max-age=31536000, immutable');
  const form = FORMS.find(([, ending]) => file.endsWith(ending));
  if (!form) return;
  response.set('Content-Encoding', form[0]).type(extname(file.slice(0, -form[1].length)));
}

/** Below that an answer fits into one packet as it is, bytes. */
const LEAST_BYTES = 1_400;

/**
 * Packs what is asked for by GET, quickly rather than well: a picture of the hall is made anew every few seconds.
 * What an answer's length may tell about a secret in it (BREACH) is of no use to another site: its requests come
 * without our strict cookies.
 */
export function packAnswers(): RequestHandler {
  const pack = compression({
    threshold: LEAST_BYTES,
    level: 4,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    filter: (request, response) =>
      // A part of a file is a part of the form that it was asked in.
      !response.hasHeader('Content-Range') &&
      !/^text\/event-stream/.test(String(response.getHeader('Content-Type'))) &&
      compression.filter(request, response),
  });
  // An answer that it only passes on would lose its length: what systems send in is answered as it always was.
  return (request, response, next) => (request.method === 'GET' ? pack(request, response, next) : next());
}
