/** What the desk asks before it goes on. */
import type { Act } from '../../../domain/desk/entry.ts';
import type { DeskItem } from '../../../domain/desk/catalogue.ts';

export type Asking =
  | { readonly what: 'place' | 'switch' | 'keys' | 'service' | 'pause' | 'passed' | 'transfer' }
  | { readonly what: 'go'; readonly to: 'leave' | 'switch' }
  | { readonly what: 'consult'; readonly item: DeskItem | undefined }
  | { readonly what: 'void'; readonly entry: string }
  | { readonly what: 'reword'; readonly entry: string; readonly act: Act };
