// A staffed hall with a practice hall beside it, as a process starts the two; the ledger of either can be read.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../server/ledger/port.ts';
import { prepareHallFolder } from '../../server/hall-folder.ts';
import { sqliteKeeper } from '../../server/ledger/sqlite/ledger-folder.ts';
import { openInProcessLedger } from '../property/in-process-ledger.ts';
import { openStaffedHall, type StaffedHall, type StaffedHallOptions } from './staffed-hall.ts';

export interface PracticeHall extends StaffedHall {
  /** The folder of the hall to practise in, below the one that is emptied at each start. */
  readonly practiceFolder: string;
  readonly ledgers: Readonly<Record<'real' | 'practice', Ledger>>;
}

/** @param hall the id of the hall itself */
export async function openPracticeHall({
  hall = 'meilin',
  ...options
}: { hall?: string } & StaffedHallOptions = {}): Promise<PracticeHall> {
  const parent = mkdtempSync(join(tmpdir(), 'hallpulse-practice-'));
  const folder = join(parent, 'practice');
  const practiceFolder = join(folder, 'hall');
  const ledgers: Partial<Record<'real' | 'practice', Ledger>> = {};
  const staffed = await openStaffedHall({
    ...options,
    profile(profile) {
      profile['hall'] = hall;
      options.profile?.(profile);
    },
    server: {
      practice: {
        folder,
        make: (place, seedFolder) =>
          prepareHallFolder({ folder: place, seedFolder, ledger: sqliteKeeper, now: Date.now() }),
      },
      openLedger(place) {
        const ledger = openInProcessLedger('Asia/Shanghai', join(place.folder, 'ledger.sqlite'), place.hall);
        ledgers[place.folder === practiceFolder ? 'practice' : 'real'] = ledger;
        return Promise.resolve(ledger);
      },
      ...options.server,
    },
  });
  const { close } = staffed;
  return Object.assign(staffed, {
    practiceFolder,
    ledgers: ledgers as PracticeHall['ledgers'],
    async close() {
      await close();
      rmSync(parent, { recursive: true, force: true });
    },
  });
}
