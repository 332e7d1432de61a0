/** The pages of the product: where each is found, what it shows first and for whom; read by the build, the dev server and the server. */
import type { Audience, Topic } from '../board/topics/data.ts';

export interface Page {
  /** Its address, as the server's router reads it. */
  readonly path: string;
  /** Its HTML file: under `client/pages/` in the sources, under the same name in the built client's folder. */
  readonly entry: string;
  /** What its first picture shows: one topic, or the scene that its address names; absent where it draws none. */
  readonly topic?: Topic | 'scene';
  /** What it asks for as soon as it runs, where its address says nothing else: asked for beside its scripts. */
  readonly asks?: string;
  /** Who may open it: what may be public is for the management too, and `own` has a door of its own for whatever it shows. */
  readonly audience: Audience | 'own';
  /** Whether a signage system that the hall names may show it in a frame. */
  readonly isFramed?: true;
}

export const PAGES = {
  wall: { path: '/', entry: 'wall/index.html', topic: 'scene', audience: 'management', isFramed: true },
  public: { path: '/public', entry: 'public/index.html', topic: 'public', audience: 'public', isFramed: true },
  alarm: { path: '/a/:code', entry: 'alarm/index.html', audience: 'own' },
  'sign-in': { path: '/sign-in', entry: 'sign-in/index.html', audience: 'own' },
  accounts: { path: '/accounts', entry: 'accounts/index.html', audience: 'own' },
  setup: { path: '/setup', entry: 'setup/index.html', audience: 'own' },
  settings: { path: '/settings', entry: 'settings/index.html', audience: 'own' },
  take: { path: '/take', entry: 'take/index.html', audience: 'own' },
  rate: { path: '/rate/:window', entry: 'rate/index.html', audience: 'own' },
  say: { path: '/say', entry: 'say/index.html', audience: 'own' },
  suggestions: { path: '/suggestions', entry: 'suggestions/index.html', audience: 'own' },
  desk: { path: '/desk', entry: 'desk/index.html', audience: 'own' },
  brief: { path: '/brief', entry: 'brief/index.html', asks: '/api/brief', audience: 'own' },
  checks: { path: '/checks', entry: 'checks/index.html', audience: 'own' },
  rows: { path: '/rows', entry: 'rows/index.html', audience: 'own' },
  reconcile: { path: '/reconcile', entry: 'reconcile/index.html', audience: 'own' },
  import: { path: '/import', entry: 'import/index.html', audience: 'own' },
  report: { path: '/report', entry: 'report/index.html', audience: 'own' },
  stars: { path: '/stars', entry: 'stars/index.html', audience: 'own' },
  'star-sheet': { path: '/stars/sheet', entry: 'star-sheet/index.html', audience: 'own' },
  followups: { path: '/followups', entry: 'followups/index.html', audience: 'own' },
  sending: { path: '/sending', entry: 'sending/index.html', audience: 'own' },
  'self-test': { path: '/wall/self-test', entry: 'self-test/index.html', audience: 'management' },
  contract: { path: '/api', entry: 'contract/index.html', audience: 'own' },
  trust: { path: '/trust', entry: 'trust/index.html', audience: 'own' },
} as const satisfies Readonly<Record<string, Page>>;

/** The page at an address without its query; `undefined` where there is none. */
export function findPage(address: string): Page | undefined {
  const steps = address.split('/');
  return Object.values<Page>(PAGES).find(({ path }) => {
    const own = path.split('/');
    return own.length === steps.length && own.every((step, i) => (step.startsWith(':') ? steps[i] : step === steps[i]));
  });
}
