// How everything is built: `vite build` makes the client, `vite build --ssr` the server.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import type { Connect, Plugin } from 'vite';
import { OLDEST_BROWSER, oldBrowserSheet, oldBrowserText } from './client/ui/old-browser.ts';
import { findPage, PAGES, type Page } from './domain/wire/pages.ts';

const root = import.meta.dirname;

/** The worker that opens pages without their server. */
const OFFLINE = 'offline';

/**
 * The page that is opened on a telephone's line is built by itself, as one script and one sheet: a browser fetches six
 * files at once over plain HTTP, and each round of them costs a slow telephone a tenth of a second.
 */
const TELEPHONE = 'brief';

/** @param isTelephone that one alone; else all the others */
function listPages(isTelephone: boolean): Record<string, string> {
  const entries = Object.entries<Page>(PAGES).filter(([name]) => (name === TELEPHONE) === isTelephone);
  return Object.fromEntries(entries.map(([name, { entry }]) => [name, join(root, 'client/pages', entry)]));
}

function listServerEntries(): Record<string, string> {
  const commands = existsSync(join(root, 'commands')) ? readdirSync(join(root, 'commands')) : [];
  const entries: Record<string, string> = {
    main: join(root, 'server/main.ts'),
    'ledger-writer': join(root, 'server/ledger/sqlite/writer.ts'),
    reconciler: join(root, 'server/reconcile/reconciler.ts'),
    importer: join(root, 'server/imports/importer.ts'),
  };
  for (const file of commands.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))) {
    entries[`commands/${basename(file, '.ts')}`] = join(root, 'commands', file);
  }
  return Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));
}

/** The dev server knows the product's own addresses. */
function openPages(): Plugin {
  const open: Connect.NextHandleFunction = (request, _response, next) => {
    const [address = '/', query] = (request.url ?? '/').split('?');
    // A page's own modules lie beside it, under an address that could be one of its things.
    const page = /\.(ts|css|svelte)$/.test(address) ? undefined : findPage(address);
    if (page !== undefined) request.url = `/${page.entry}${query === undefined ? '' : `?${query}`}`;
    next();
  };
  return {
    name: 'hallpulse:pages',
    apply: 'serve',
    configureServer: (server) => void server.middlewares.use(open),
  };
}

/** The figures' two faces are fetched with a page that is written in them, not only once its first text has been laid out. */
function preloadFigures(): Plugin {
  const isFace = (name: string): boolean => /barlow-semi-condensed-latin-[56]00-normal.*\.woff2$/.test(name);
  return {
    name: 'hallpulse:preload-figures',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const sheets = Object.values(bundle).flatMap((file) =>
          file.type === 'asset' && file.fileName.endsWith('.css') && html.includes(file.fileName)
            ? [String(file.source)]
            : [],
        );
        return Object.keys(bundle)
          .filter((name) => isFace(name) && sheets.some((sheet) => sheet.includes(basename(name))))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${name}` },
            injectTo: 'head' as const,
          }));
      },
    },
  };
}

/** Every page says by itself what to do where the browser is too old for it. */
function tellOldBrowsers(): Plugin {
  return {
    name: 'hallpulse:tell-old-browsers',
    transformIndexHtml: () => [
      { tag: 'style', children: oldBrowserSheet, injectTo: 'head' },
      {
        tag: 'div',
        attrs: { id: 'old-browser', role: 'main', lang: 'zh-CN' },
        children: oldBrowserText,
        injectTo: 'body',
      },
    ],
  };
}

// Both builds carry the same name, which is how an open wall notices that the server has moved on.
const define = { 'import.meta.env.VITE_BUILD': JSON.stringify(process.env['HALLPULSE_BUILD'] ?? 'dev') };

export default defineConfig(({ isSsrBuild, mode }) => {
  const isTelephone = mode === TELEPHONE;
  if (isSsrBuild === true) {
    return {
      root,
      define,
      publicDir: false,
      // The calendar's package names its exports in a way that Node cannot see, so it is taken into the build.
      ssr: { noExternal: ['chinese-days'], target: 'node' },
      build: {
        ssr: true,
        target: 'node20',
        outDir: join(root, 'dist/server'),
        emptyOutDir: true,
        sourcemap: true,
        minify: false,
        rolldownOptions: {
          input: listServerEntries(),
          output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    };
  }
  return {
    root: join(root, 'client/pages'),
    // Every file of the client is imported by something; none is copied as it is.
    publicDir: false,
    define,
    plugins: [
      svelte({ configFile: join(root, 'svelte.config.js') }),
      openPages(),
      tellOldBrowsers(),
      // The telephone's page is in its own faces.
      ...(isTelephone ? [] : [preloadFigures()]),
    ],
    server: {
      fs: { allow: [root] },
      proxy: {
        '/api': 'http://localhost:8080',
        '/healthz': 'http://localhost:8080',
        '^/trust/(authority\\.json|hall-authority\\.crt)$': 'http://localhost:8080',
        '/socket.io': { target: 'http://localhost:8080', ws: true },
      },
    },
    // Scripts and sheets name one another by where they themselves lie; pages are told by the server where that is.
    experimental: {
      renderBuiltUrl: (name, { hostType }) => (hostType === 'html' ? `/${name}` : { relative: true }),
    },
    build: {
      outDir: join(root, 'dist/client'),
      target: OLDEST_BROWSER,
      cssTarget: OLDEST_BROWSER,
      // The page's security policy lets no font come out of a data: address.
      assetsInlineLimit: 0,
      emptyOutDir: !isTelephone,
      sourcemap: true,
      rolldownOptions: {
        input: isTelephone
          ? listPages(true)
          : { ...listPages(false), [OFFLINE]: join(root, 'client/offline/worker.ts') },
        // A browser asks for its worker by one name for ever.
        output: { entryFileNames: ({ name }) => (name === OFFLINE ? '[name].js' : 'assets/[name]-[hash].js') },
      },
    },
  };
});
