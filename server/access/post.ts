/** The door for devices that stand where citizens touch them: their own token, from a page of this very host. */
import type { Request, RequestHandler } from 'express';
import type { Post } from './access.ts';
import type { Guesses } from './guesses.ts';
import { isForeign, isReading } from './origin.ts';
import { readerOf } from './readers.ts';

export interface PostDoorOptions {
  readonly guesses: Guesses;
  /** The host in the address of the page that asks. */
  readonly hostOf: (request: Request) => string | undefined;
}

/** Lets through a device whose token `isMeant`: else 401 (a wrong token is a guess) or 403; a write needs this host's own page. */
export function demandPost(
  { guesses, hostOf }: PostDoorOptions,
  isMeant: (post: Post, request: Request) => boolean,
): RequestHandler {
  return (request, response, next) => {
    const { post, tokenId, wrong } = readerOf(response);
    if (tokenId === undefined) guesses.refuse(request, response, wrong);
    else if (post === undefined || !isMeant(post, request)) response.status(403).json({ error: 'not-allowed' });
    else if (isReading(request) || !isForeign(request, hostOf(request))) next();
    else response.status(403).json({ error: 'foreign-origin' });
  };
}
