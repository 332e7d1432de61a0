// By which names and addresses a machine is called, and that each goes into a certificate and comes out of it as it was.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFacts } from '../../../server/tls/facts.ts';
import { makeAuthority, makeServerCertificate } from '../../../server/tls/make.ts';
import { listNames } from '../../../server/tls/names.ts';

const list = (machine: string, wanted: string[] = [], addresses: string[] = []) =>
  listNames({ machine, interfaces: { eth0: addresses.map((address) => ({ address, internal: false })) }, wanted });

test.each([
  ['HALL', ['localhost', 'hall', 'hall.local']],
  ['hall.gov.example.', ['localhost', 'hall.gov.example', 'hall', 'hall.local']],
  ['localhost', ['localhost', 'localhost.local']],
  ['大厅电脑', ['localhost', 'xn--imrx4kwv1a80k', 'xn--imrx4kwv1a80k.local']],
  ['no name at all', ['localhost']],
  ['', ['localhost']],
  ['__proto__', ['localhost', '__proto__', '__proto__.local']],
])('a machine called %j', (machine, dns) => expect(list(machine)).toMatchObject({ dns }));

test('one address in two spellings stands there once, and a link’s own address not at all', () => {
  const addresses = ['2001:DB8:0:0::1', '2001:db8::1', 'fe80::1', 'FEBF::1', '10.0.0.1', '::1'];
  expect(list('a', ['http://[2001:db8::1]:8080', '10.0.0.1:80', '2001:db8:0::1'], addresses)).toMatchObject({
    addresses: ['127.0.0.1', '::1', '2001:db8::1', '10.0.0.1'],
    asked: [],
  });
});

test('every address goes into a certificate as it is', async () => {
  const authority = await makeAuthority('title', { dns: ['localhost'] }, Date.now());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1, maxLength: 40 }), async (wanted) => {
      const names = list('a', wanted);
      if ('wrong' in names) throw new Error(names.wrong);
      const { cert } = await makeServerCertificate(authority, names, Date.now());
      expect(readFacts(cert).names).toEqual([...names.dns, ...names.addresses]);
    }),
    { numRuns: 60 },
  );
});
