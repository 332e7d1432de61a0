/** Why a request of the product's own pages is not done: the reason as pages know it, and where in what was sent it lies. */
import type { Response } from 'express';

export function refuse(
  response: Response,
  status: 400 | 403 | 404 | 409 | 422,
  error: string,
  where: { readonly field?: string; readonly [part: string]: string | number | undefined } = {},
): void {
  response.status(status).json({ error, ...where });
}
