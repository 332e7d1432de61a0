/** What 明星墙 holds on the wire. */
import type { StarKind } from '../../events/schema.ts';
import type { SceneHead } from './data.ts';

/** 明星墙: the stars of the months, and suggestions that were released. */
export interface StarsData extends SceneHead {
  /** By `YYYY-MM:kind`: the newest published month and the twelve before it. */
  stars: Record<string, StarCard>;
  /** By suggestion id, the latest first to have been received. */
  suggestions: Record<string, SuggestionCard>;
  supervisionTelephone?: string;
}

export interface StarCard {
  month: string;
  kind: StarKind;
  /** The name in the roster, or the id where the roster does not know it. */
  staff: string;
  /** Under which the photograph is served. */
  staffId: string;
  role?: string;
  stationName?: string;
  stationNameEn?: string;
  citation?: string;
  /** As they were published. */
  reasons: string[];
}

export interface SuggestionCard {
  text: string;
  receivedAt: number;
  state: 'open' | 'adopted' | 'declined' | 'answered';
  /** The answer; of what was not adopted, why. */
  answer?: string;
  /** Whoever sees to it, where the hall wants that on its wall. */
  owner?: string;
}
