// What a process has cost so far, by Linux' own account of it.
import { readFileSync } from 'node:fs';

/** Milliseconds on a processor, user and system, all threads. Source: proc(5), utime and stime in ticks of 10 ms. */
export function readCpuMs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name stands in brackets and may hold blanks: the fields are counted behind it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Source: proc(5), VmRSS of /proc/PID/status. */
export function readResidentMb(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(found?.[1] ?? NaN) / 1024);
}
