/** The desk's keys. None of them is a browser's own: F5 loads anew, Alt with a digit changes the tab, F6 goes to the address. */

import { isComposing } from '../../display/keys.ts';

export type Deed = 'find' | 'call' | 'finish' | 'pass' | 'consult' | 'service' | 'undo' | 'keys';

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * What a key stands for. What writes or takes back text is left to whoever types; function keys mean the same
 * everywhere.
 */
export function deedOf(event: Pressed, isTyping: boolean): Deed | undefined {
  if (isComposing(event) || event.altKey || event.metaKey) return undefined;
  if (event.ctrlKey) return !isTyping && !event.shiftKey && event.key.toLowerCase() === 'z' ? 'undo' : undefined;
  switch (event.key) {
    case 'F2':
      return 'call';
    case 'F4':
      return event.shiftKey ? 'pass' : 'finish';
    case 'F8':
      return 'consult';
    case 'F9':
      return 'service';
    case '/':
      return isTyping ? undefined : 'find';
    case '?':
      return isTyping ? undefined : 'keys';
    default:
      return undefined;
  }
}
