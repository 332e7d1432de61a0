/** Pages of figures are for people: a display shows its topics and nothing else. */
import type { NextFunction, Request, Response } from 'express';
import { readerOf } from './readers.ts';

/** For managers and leaders, and for everybody where reading is open; a display's token gets 403. */
export function forPeople(_request: Request, response: Response, next: NextFunction): void {
  const { audience, person, tokenId } = readerOf(response);
  if (audience === 'management' && (person !== undefined || tokenId === undefined)) next();
  else response.status(403).json({ error: 'not-allowed' });
}
