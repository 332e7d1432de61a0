// Photographs of stars: served for those whom the wall shows, and nothing else that lies in the folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccess } from '../../server/access/access.ts';
import { LARGEST_BYTES } from '../../server/photographs.ts';
import { acceptance, postEvents, wireEvent } from '../e2e/hall-client.ts';
import { startProduct, type Product } from '../e2e/product.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
const WEBP = Buffer.from('RIFF0000WEBPVP8 ', 'latin1');

let folder: string;
let hall: Product;
const star = (month: string, staff: string) => ({ month, kind: 'expert', staff, reasons: [] });
const publish = (month: string, staff: string) =>
  wireEvent(`star-${month}`, 'hall.star.published', star(month, staff), Date.now() - 60_000);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-photographs-'));
  const place = join(folder, 'photographs');
  mkdirSync(place);
  const put = (name: string, bytes: Uint8Array) => writeFileSync(join(place, name), bytes);
  put('s11.jpg', JPEG);
  put('s12.png', PNG);
  put('s13.webp', WEBP);
  put('s14.jpg', Buffer.from('<script>alert(1)</script>'));
  put('s15.jpg', Buffer.concat([JPEG, Buffer.alloc(LARGEST_BYTES)]));
  put('s16.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  mkdirSync(join(place, 's17.jpg'));
  // A jpeg in a png's clothes is still a jpeg.
  put('s18.png', JPEG);
  put('s20.jpg', JPEG);
  writeFileSync(join(folder, 'outside.jpg'), JPEG);
  hall = await startProduct({ folder, env: { HALLPULSE_READ: 'closed' } });
  const stars = ['s11', 's12', 's13', 's14', 's15', 's16', 's17', 's18', 's19', '../outside', '..'];
  const { body } = await postEvents(
    hall.url,
    stars.map((staff, i) => publish(`2019-${String(i + 1).padStart(2, '0')}`, staff)),
  );
  expect(body.accepted).toBe(stars.length);
});
afterAll(async () => {
  await hall.stop();
  rmSync(folder, { recursive: true, force: true });
});

const tokenOf = (audience: 'management' | 'public'): string => {
  const access = openAccess(folder, { now: Date.now });
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience, label: 'test' });
  access.close();
  return secret;
};
const ask = (staff: string, token: string) =>
  fetch(`${hall.url}/photographs/${staff}`, { headers: { Authorization: `Bearer ${token}` } });

test.each([
  ['s11', 200, 'image/jpeg'],
  ['s12', 200, 'image/png'],
  ['s13', 200, 'image/webp'],
  ['s18', 200, 'image/jpeg'],
  ['s14', 204, null],
  ['s15', 204, null],
  ['s16', 204, null],
  ['s17', 204, null],
  ['s19', 204, null],
  ['s20', 404, 'application/json; charset=utf-8'],
  ['nobody', 404, 'application/json; charset=utf-8'],
  ['%2E%2E%2Foutside', 204, null],
  ['..%2F..%2Faccess.sqlite', 404, 'application/json; charset=utf-8'],
])('%s is answered with %i, as what its own bytes are (ASVS 5.3.2, 5.2.2)', async (staff, status, type) => {
  const response = await ask(staff, tokenOf('management'));
  await response.arrayBuffer();
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a public screen sees the same photographs, and who may not read sees none', async () => {
  const seen = await ask('s11', tokenOf('public'));
  expect(seen.status).toBe(200);
  expect(Buffer.from(await seen.arrayBuffer()).equals(JPEG)).toBe(true);
  expect((await fetch(`${hall.url}/photographs/s11`)).status).toBe(401);
});

test('a photograph goes with its star: at the next request, however much the board still has to fold', async () => {
  const token = tokenOf('management');
  expect((await ask('s12', token)).status).toBe(200);
  const withdrawn = wireEvent('gone', 'hall.star.withdrawn', star('2019-02', 's12'), Date.now());
  const before = Array.from({ length: 5_000 }, (_, i) => acceptance(`busy-${i}`));
  expect((await postEvents(hall.url, [...before, withdrawn])).body.accepted).toBe(5_001);
  expect((await ask('s12', token)).status).toBe(404);
});
