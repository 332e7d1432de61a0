/** What 明星墙 holds on the wire. */
import type { StarKind } from '../../events/schema.ts';
import type { SceneHead } from './data.ts';

/** 明星墙 and 监督墙: the stars of the months, suggestions that were released, and by what staff are watched over. */
export interface StarsData extends SceneHead {
  /** By `YYYY-MM:kind`: the newest published month and the twelve before it. */
  stars: Record<string, StarCard>;
  /** By suggestion id, the latest first to have been received. */
  suggestions: Record<string, SuggestionCard>;
  supervisionTelephone?: string;
  /** Who leads the floor today. */
  duty?: { name: string; role?: string; roleEn?: string };
  /** Complaints of conduct this month, each counted on its own day. */
  complaints: { received: number; answered: number; upheld: number };
  /** In the hall's own words; none until it has pasted them. */
  conduct: { title: string; rules: string[] }[];
}

export interface StarCard {
  month: string;
  kind: StarKind;
  /** The name in the roster, or the id where the roster does not know it; of a window its label. */
  staff: string;
  /** The roster's last day of them is past: `staff` is what the hall still calls them, `''` where it names them no more. */
  left?: true;
  /** Under which the photograph is served; absent of a window, and of whoever has left. */
  staffId?: string;
  role?: string;
  roleEn?: string;
  stationName?: string;
  stationNameEn?: string;
  citation?: string;
  citationEn?: string;
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
