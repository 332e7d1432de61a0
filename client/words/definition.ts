/** The words beside a measure's definition: whoever shows it hands them down. */
export type { DefinitionWords } from './zh/definition.ts';
