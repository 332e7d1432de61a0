// How everything is tested: vitest runs test/, in three projects by what a test does with its time.
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { HeaviestFirst } from './test/setup/heaviest-first.ts';

const root = import.meta.dirname;
const EVERY_TEST = ['test/**/*.test.ts'];
const filesOf = (...folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`);
/** Tests that wait now and then, for a process, a browser or a clock, and leave one behind where they break. */
const WAITING = filesOf('bench', 'campaigns', 'commands', 'e2e');
/** Tests of servers, each on a port and a folder of its own. */
const SERVING = filesOf('server');

interface ProjectOptions {
  readonly include: string[];
  readonly exclude: string[];
  readonly isolate: boolean;
}

/** More than two cores: while one waits another works. One number for all projects, or one would begin only after another. */
const WORKERS = 5;

function createProject(name: string, { include, exclude, isolate }: ProjectOptions) {
  return {
    root,
    define: { 'import.meta.env.VITE_BUILD': JSON.stringify('dev') },
    // Tests look at the client's state as a browser runs it, so Svelte must not hand out its server half.
    plugins: [
      svelte({
        configFile: join(root, 'svelte.config.js'),
        dynamicCompileOptions: ({ filename }) =>
          filename.endsWith('.svelte.ts') ? { generate: 'client' as const } : undefined,
      }),
    ],
    ssr: { resolve: { conditions: ['module', 'node', 'development'] } },
    test: {
      name,
      include,
      exclude,
      environment: 'node' as const,
      // No test fails for being slow: these only end what hangs.
      testTimeout: 180_000,
      hookTimeout: 600_000,
      pool: 'forks' as const,
      maxWorkers: WORKERS,
      isolate,
    },
  };
}

export default defineConfig({
  root,
  test: {
    globalSetup: ['test/setup/global-setup.ts'],
    sequence: { sequencer: HeaviestFirst },
    projects: [
      createProject('waiting', { include: WAITING, exclude: [], isolate: true }),
      // What a module holds is the same for all of them: a worker loads it once.
      createProject('serving', { include: SERVING, exclude: [], isolate: false }),
      createProject('computing', { include: EVERY_TEST, exclude: [...WAITING, ...SERVING], isolate: false }),
    ],
  },
});
