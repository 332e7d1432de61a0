/** The wire of the alarms over HTTP. */
import type { HallHead } from '../board/topics/data.ts';
import type { AlarmCard } from '../board/topics/data-alarms.ts';

/** What a telephone is told of its alarm. */
export interface AlarmSheet {
  readonly id: string;
  readonly alarm: AlarmCard;
  readonly hall: HallHead;
  /** The hall's clock, epoch ms. */
  readonly now: number;
}
