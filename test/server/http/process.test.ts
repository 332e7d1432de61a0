// What only a whole process shows: that no identity reaches its output or its files, and that it serves TLS by two variables.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram } from '../../../commands/browser.mjs';
import { acceptance, postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { beginProduct, KEY, startProduct } from '../../e2e/product.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-process-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Invented; the number is well formed, with a right check digit, and belongs to nobody: its day lies in 1900. */
const SEEDED = { number: '11010119000101001X', telephone: '13800138000', name: '张三丰' };

test("no citizen's identity is repeated in an answer, an output or a file (promise 12)", async () => {
  const folder = join(parent, 'identity');
  const product = await startProduct({ folder, env: { HALLPULSE_LOG: 'trace' } });
  const texts = Object.values(SEEDED);
  const answers: string[] = [];
  const post = async (body: unknown, expected: number) => {
    const answer = await postEvents(product.url, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(expected);
    answers.push(JSON.stringify(answer.body) + JSON.stringify([...answer.headers]));
  };
  for (const text of [SEEDED.number, SEEDED.telephone]) {
    await post(acceptance(text), 422);
    await post(acceptance('i-1', { case: text }), 422);
    await post({ ...acceptance('i-2'), subject: `case ${text}` }, 422);
    await post({ ...acceptance('i-3'), source: `urn:${text}` }, 422);
    await post(acceptance('i-4', { deferredDocuments: `请回电${text}谢谢` }), 422);
    await post(acceptance(`i-5-${text.length}`, { [text]: true, note: `请回电${text}谢谢` }), 200);
    await post(acceptance('i-6', { item: [{ deep: text }] }), 422);
    // Bodies that are no events at all must not come back in an error either.
    await post(`{"id":"${text}"`, 400);
    await post(`"${text}"`, 400);
  }
  await post(acceptance('i-7', { applicantName: SEEDED.name }), 200);
  await post(acceptance('i-8', { 姓名: SEEDED.name }), 200);
  await post(
    wireEvent('i-9', 'hall.followup.noted', { followup: 'f', phone: Number(SEEDED.telephone) }, Date.now()),
    200,
  );
  await post(wireEvent('i-10', 'hall.followup.noted', { followup: 'f', note: SEEDED.name }, Date.now()), 422);
  await fetch(`${product.url}/api/board?topic=${SEEDED.telephone}`);
  await fetch(`${product.url}/${SEEDED.number}`, { headers: { Authorization: `Bearer ${SEEDED.telephone}` } });
  await post(acceptance('clean'), 200);
  expect(await product.stop()).toBe(0);

  const outputs = [...answers, product.output()];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/sqlite|json|log/.test(name)) outputs.push(readFileSync(join(folder, name), 'utf8'));
  expect(outputs.length).toBeGreaterThan(answers.length + 2);
  for (const text of [...texts, KEY]) expect(outputs.filter((output) => output.includes(text))).toEqual([]);
});

test('it serves TLS by two variables, and says so to the browser', async () => {
  const openssl = findProgram('openssl');
  if (openssl === undefined) throw new Error('This test makes a certificate with openssl, which is not installed.');
  const [certFile, keyFile] = ['cert.pem', 'key.pem'].map((name) => join(parent, name)) as [string, string];
  const subject = [
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,DNS:wall.hall.example,DNS:*.screens.example',
  ];
  const making = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync(openssl, [...making, '-keyout', keyFile, '-out', certFile, ...subject], { stdio: 'ignore' });

  const alone = beginProduct({ folder: join(parent, 'half'), env: { HALLPULSE_TLS_CERT: certFile } });
  await expect(alone.ready).rejects.toThrow(/HALLPULSE_TLS_CERT and HALLPULSE_TLS_KEY are needed together/);

  const env = { HALLPULSE_TLS_CERT: certFile, HALLPULSE_TLS_KEY: keyFile };
  const product = await startProduct({ folder: join(parent, 'tls'), env });
  expect(product.url).toMatch(/^https:/);
  const ask = (path: string, Host = 'localhost') =>
    new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
      const options = { ca: readFileSync(certFile), headers: { Host }, servername: 'localhost' };
      get(`${product.url}${path}`, options, (response) => {
        response.resume();
        resolve({ status: response.statusCode!, headers: response.headers });
      }).once('error', reject);
    });
  const { status, headers } = await ask('/healthz');
  expect(status).toBe(200);
  // The names that its certificate vouches for are its names.
  for (const host of ['wall.hall.example', 'a.screens.example:8443']) expect((await ask('/', host)).status).toBe(200);
  for (const host of ['hall.example', 'a.b.screens.example']) expect((await ask('/', host)).status).toBe(421);
  expect(headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
  expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
  expect(await product.stop()).toBe(0);
});

test.each(['*', '*.example', 'hall example', 'user@hall.example', 'http://hall.example/x'])(
  'HALLPULSE_HOSTS=%s is refused in plain words',
  async (hosts) => {
    const alone = beginProduct({ folder: join(parent, 'hosts'), env: { HALLPULSE_HOSTS: `hall.example,${hosts}` } });
    await expect(alone.ready).rejects.toThrow(/HALLPULSE_HOSTS must be names like/);
  },
);

test('a second process on the same folder is refused in plain words (W4)', async () => {
  const folder = join(parent, 'shared');
  const product = await startProduct({ folder });
  await expect(beginProduct({ folder }).ready).rejects.toThrow(/in use by another Hallpulse process/);
  expect((await postEvents(product.url, acceptance('still-here'))).status).toBe(200);
  expect(await product.stop()).toBe(0);
});

test('a crowd of honest requests from one address at the same moment is served', async () => {
  const product = await startProduct({ folder: join(parent, 'crowd') });
  const crowd = Array.from({ length: 300 }, (_, i) => i);
  const count = (statuses: readonly number[]) => statuses.filter((status) => status !== 200).length;
  const pictures = await Promise.all(crowd.map(() => fetch(`${product.url}/api/board?topic=overview`)));
  expect(count(pictures.map(({ status }) => status))).toBe(0);
  await Promise.all(pictures.map((picture) => picture.text()));
  const answers = await Promise.all(crowd.map((i) => postEvents(product.url, acceptance(`crowd-${i}`))));
  expect(count(answers.map(({ status }) => status))).toBe(0);
  expect(await product.stop()).toBe(0);
});

test('a client that does not take its answer does not hold up the end', async () => {
  const product = await startProduct({ folder: join(parent, 'end') });
  const { hostname, port } = new URL(product.url);
  // Many questions on one connection, and nobody who reads the answers.
  const deaf = connect(Number(port), hostname).pause();
  deaf.on('error', () => undefined);
  const question = `GET /api/board?topic=overview HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`;
  deaf.write(question.repeat(3_000));
  expect((await postEvents(product.url, acceptance('last-one'))).status).toBe(200);
  // It would wait for ever for that client's reading.
  expect(await product.stop()).toBe(0);
  deaf.destroy();
});
