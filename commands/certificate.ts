/** `npm run certificate [-- NAME …]`: makes the hall's own authority, once, and a certificate for its names and addresses. */
import { hostname, networkInterfaces } from 'node:os';
import { findRoot, readNames, readPlaces } from '../server/settings.ts';
import { describeProblem } from '../server/start-problem.ts';
import { runCertificate } from '../server/tls/certificate-command.ts';

try {
  const { address, hosts } = readNames(process.env);
  const { lines, isOk } = await runCertificate({
    args: process.argv.slice(2),
    dataFolder: readPlaces(process.env, findRoot(import.meta.dirname)).dataFolder,
    machine: hostname(),
    interfaces: networkInterfaces(),
    configured: [...hosts, ...(address ? [address] : [])],
    now: Date.now(),
  });
  for (const line of lines) (isOk ? console.log : console.error)(line);
  if (!isOk) process.exitCode = 2;
} catch (error) {
  const said = describeProblem(error);
  if (said === undefined) throw error;
  console.error(said);
  process.exitCode = 2;
}
