/** `GET /api/openapi.json`: the contract of this very server, for everybody: it holds nothing of the hall. */
import { Router, type Express } from 'express';
import { listRoutes } from './list-routes.ts';
import { buildOpenApi, type Answers, type OpenApi } from './openapi.ts';

export interface ApiRouteOptions {
  readonly app: Express;
  /** The version of the product that answers. */
  readonly build: string;
}

export function createApiRouter({ app, build }: ApiRouteOptions): Router {
  const router = Router();
  let told: Promise<OpenApi> | undefined;
  router.get('/api/openapi.json', async (_request, response) => {
    response.set('Cache-Control', 'no-cache').json(await (told ??= tell()));
  });
  return router;

  /** Once, when somebody first asks: most halls never do. */
  async function tell(): Promise<OpenApi> {
    const { default: answers } = await import('./answers.json', { with: { type: 'json' } });
    return buildOpenApi(listRoutes(app), answers as unknown as Answers, build);
  }
}
