/** The benches by name, and the parts that their children play. */
import type { Bench } from './context.ts';
import { benchBrief } from './brief/brief.ts';
import { bareDriverHandlers } from './ingest/bare-driver.ts';
import { expressPeerHandlers } from './ingest/express-peer.ts';
import { benchImport } from './import/import.ts';
import { importFileHandlers } from './import/import-file.ts';
import { benchIngest } from './ingest/ingest.ts';
import { loadHandlers } from './ingest/load.ts';
import { paceHandlers } from './pixel/pace.ts';
import { pixelPeerHandlers } from './pixel/peer.ts';
import { benchPixel } from './pixel/pixel.ts';
import { pushBareHandlers } from './push/bare.ts';
import { pushClientHandlers } from './push/clients.ts';
import { pushProductHandlers } from './push/product.ts';
import { benchPush } from './push/push.ts';
import { benchMemory } from './memory/memory.ts';
import { benchQuestions } from './questions/questions.ts';
import { benchWall } from './wall/wall.ts';

export const benches: Readonly<Record<string, Bench>> = {
  ingest: benchIngest,
  import: benchImport,
  pixel: benchPixel,
  push: benchPush,
  questions: benchQuestions,
  memory: benchMemory,
  brief: benchBrief,
  wall: benchWall,
};

export const childRoles: Readonly<Record<string, Readonly<Record<string, (argument: never) => unknown>>>> = {
  'bare-driver': bareDriverHandlers,
  'express-peer': expressPeerHandlers,
  load: loadHandlers,
  'import-file': importFileHandlers,
  'pixel-peer': pixelPeerHandlers,
  pace: paceHandlers,
  'push-product': pushProductHandlers,
  'push-bare': pushBareHandlers,
  'push-clients': pushClientHandlers,
};
