/** The configuration that is in force: it follows the documents, once the board has what a change asks for. */
import type { Logger } from 'pino';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Board } from '../board/board.ts';
import type { Actor } from '../ledger/actor.ts';
import { withTime, type RecordEvents } from '../record.ts';
import { documentChangedEvent } from './changed-event.ts';
import type { DocumentName } from './check-document.ts';
import type { Documents } from './documents.ts';

/** Whoever edits a file by hand is known by no name. */
export const DOCUMENTS: Actor = { kind: 'hall', id: 'documents' };

export interface ConfigInForce {
  config(): HallConfig;
  /** Resolves once everything is shown by `next`. */
  replace(next: HallConfig): Promise<void>;
}

export function putInForce(first: HallConfig, board: Board): ConfigInForce {
  let config = first;
  return {
    config: () => config,
    async replace(next) {
      await board.reconfigure(next);
      config = next;
    },
  };
}

interface TakeUpOptions {
  readonly documents: Documents;
  readonly inForce: ConfigInForce;
  readonly record: RecordEvents;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
}

/** Resolves once everything is shown by what the documents say now, and the ledger was told of the change to one. */
export async function takeUp(options: TakeUpOptions, document: DocumentName, by: Actor = DOCUMENTS): Promise<void> {
  const { documents, inForce, record, now } = options;
  const { config } = documents;
  await inForce.replace(config);
  await record(withTime([documentChangedEvent(document, valueIn(config, document), now())]), by);
}

function valueIn(config: HallConfig, name: DocumentName): { readonly version: number } {
  return name === 'calendar' ? config.calendarDocument : config[name];
}

export interface FollowOptions extends TakeUpOptions {
  readonly logger: Logger;
}

/** Takes up what is edited, and tells the ledger; returns its stop. */
export function followDocuments(options: FollowOptions): () => void {
  const { documents, inForce, logger } = options;
  const { hall, timeZone } = inForce.config().profile;
  return documents.watch({
    onChange(document) {
      const next = documents.config;
      if (next.profile.hall !== hall || next.profile.timeZone !== timeZone) {
        logger.warn({ document }, 'the hall and its time zone change with a restart only');
        return;
      }
      takeUp(options, document).catch((error: unknown) =>
        logger.error({ err: error, document }, 'a changed document could not be announced'),
      );
    },
    onProblem: (problem) => logger.warn({ problem }, 'a changed document may not be used; what was in force stays'),
  });
}
