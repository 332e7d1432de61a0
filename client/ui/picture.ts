/** What every part of a picture may ask about the whole, handed down by context. */
import { createContext } from 'svelte';

export interface Picture {
  /** The clock time at which the data stopped; absent while they are current. */
  readonly stoppedAt: string | undefined;
}

const [getPicture, providePicture] = createContext<Picture>();
export { getPicture, providePicture };
