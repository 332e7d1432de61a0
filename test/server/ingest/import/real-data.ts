// Where real exports lie, if they do: their licences are not settled, so none of them is part of the project.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { realFolder } from '../../../campaigns/real-folder.ts';

export function realFile(name: string): string {
  return join(realFolder, name);
}

const REAL_FILES = ['receipt.csv', 'pingshan_requests_2018.csv', 'technion_bank_august.csv'] as const;
export const hasRealData = REAL_FILES.every((name) => existsSync(realFile(name)));
