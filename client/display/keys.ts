/** What a key pressed at the wall asks for. */
import { SCENES, type Scene } from '../../domain/board/topics/data.ts';

export type Wish =
  | { readonly type: 'pause' | 'take' | 'theme' | 'language' }
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'scene'; readonly scene: Scene };

/** Space holds and lets go, Enter takes an alarm, arrows turn, 1 to 5 choose a scene, T and L change theme and language. */
export function readKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>): Wish | undefined {
  // A browser's own shortcuts stay what they are.
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  switch (event.key) {
    case ' ':
      return { type: 'pause' };
    case 'ArrowRight':
    case 'PageDown':
      return { type: 'step', by: 1 };
    case 'ArrowLeft':
    case 'PageUp':
      return { type: 'step', by: -1 };
    case 'Enter':
    case 'a':
    case 'A':
      return { type: 'take' };
    case 't':
    case 'T':
      return { type: 'theme' };
    case 'l':
    case 'L':
      return { type: 'language' };
    default: {
      const scene = SCENES[Number(event.key) - 1];
      return scene && { type: 'scene', scene };
    }
  }
}
