/** `npm run certificate [-- NAME …]`: makes the hall's own authority, once, and a certificate for its names and addresses. */
import { hostname, networkInterfaces } from 'node:os';
import { describeResult } from '../server/command-result.ts';
import { findRoot, readNames, readPlaces } from '../server/settings.ts';
import { runCertificate } from '../server/tls/certificate-command.ts';

const { lines, isOk } = await describeResult(() => {
  const { address, hosts } = readNames(process.env);
  return runCertificate({
    args: process.argv.slice(2),
    dataFolder: readPlaces(process.env, findRoot(import.meta.dirname)).dataFolder,
    machine: hostname(),
    interfaces: networkInterfaces(),
    configured: [...hosts, ...(address ? [address] : [])],
    now: Date.now(),
  });
});
for (const line of lines) (isOk ? console.log : console.error)(line);
if (!isOk) process.exitCode = 2;
