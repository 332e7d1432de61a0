// Svelte's settings, read by the Vite plugin, svelte-check, ESLint and Prettier alike.
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
};
