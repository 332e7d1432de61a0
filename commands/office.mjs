// LibreOffice and pdftotext, with which the campaign `office` opens what reports are taken as; `npm test` never installs them.
import { existsSync } from 'node:fs';
import { findProgram, installPackages } from './browser.mjs';

const PACKAGES = ['libreoffice-writer-nogui', 'libreoffice-calc-nogui', 'poppler-utils'];
const ON_A_MAC = '/Applications/LibreOffice.app/Contents/MacOS/soffice';

/** The programs' paths, or undefined where one of the two is missing. */
export function findOffice() {
  const soffice = findProgram('soffice') ?? findProgram('libreoffice') ?? (existsSync(ON_A_MAC) ? ON_A_MAC : undefined);
  const pdftotext = findProgram('pdftotext');
  return soffice === undefined || pdftotext === undefined ? undefined : { soffice, pdftotext };
}

/** Installs them where they are missing and it may, else says what to install. */
export async function ensureOffice() {
  const found = findOffice();
  if (found !== undefined) return found;
  await installPackages(PACKAGES);
  const now = findOffice();
  if (now !== undefined) return now;
  throw new Error(
    `This campaign needs LibreOffice's Writer and Calc and pdftotext. Run \`apt-get install ${PACKAGES.join(' ')}\` as root.`,
  );
}
