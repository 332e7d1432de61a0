/** The Chromium that a bench looks through. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

function findBrowser(): string {
  const places = [process.env['HALLPULSE_BROWSER'], '/usr/bin/chromium', chromium.executablePath()];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error('The bench needs a Chromium: name its path in HALLPULSE_BROWSER.');
  return found;
}
