/** Reads the demo's parameters from their file. */
import { readFile } from 'node:fs/promises';
import { parseDemoParams, type DemoParams } from './params.ts';

/** @throws Error when the file cannot be read or says something that is not allowed */
export async function readDemoParams(file: string): Promise<DemoParams> {
  return parseDemoParams(JSON.parse(await readFile(file, 'utf8')));
}
