/** Why a request of the product's own pages is not done: the reason as pages know it, and where in what was sent it lies. */
import type { Response } from 'express';

/** @param where the field, or all that names the place; what is `undefined` in it is left out */
export function refuse(
  response: Response,
  status: number,
  error: string,
  where: string | Readonly<Record<string, string | number | undefined>> = {},
): void {
  response.status(status).json({ error, ...(typeof where === 'string' ? { field: where } : where) });
}
