// What a trace of the product's system calls says about its ledger and its answers, in order.

/** `written`: a page of the ledger's log; `synced`: the log is on disk; `answer`: a 200 about events left. */
export interface TraceStep {
  readonly kind: 'written' | 'synced' | 'answer';
  readonly line: number;
}

const LOG = 'ledger.sqlite-wal>';

/** Reads the output of `strace -f -y -o`: a process id, then one call a line, longer ones in two parts. */
export function readTrace(text: string): TraceStep[] {
  const steps: TraceStep[] = [];
  /** Syncs of the log that have begun, by process id. */
  const syncing = new Set<string>();
  text.split('\n').forEach((content, line) => {
    const [, pid = '', call = ''] = /^(\d+) +(.*)$/.exec(content) ?? [];
    if (/^(fsync|fdatasync)\(/.test(call) && call.includes(LOG)) {
      if (call.includes('<unfinished')) syncing.add(pid);
      else if (/\) += 0$/.test(call)) steps.push({ kind: 'synced', line });
    } else if (/^<\.\.\. (fsync|fdatasync) resumed>/.test(call)) {
      if (syncing.delete(pid) && /\) += 0$/.test(call)) steps.push({ kind: 'synced', line });
    } else if (/^pwrite64\(/.test(call) && call.includes(LOG)) steps.push({ kind: 'written', line });
    else if (/^(write|writev|sendto|sendmsg)\(\d+<(socket|TCP)/.test(call) && isAnswer(call))
      steps.push({ kind: 'answer', line });
  });
  return steps;
}

function isAnswer(call: string): boolean {
  return call.includes('HTTP/1.1 200') && call.includes('accepted');
}

/** Answers that left while something written to the log was not known to be on disk, by their lines in the trace. */
export function findUnsynced(steps: readonly TraceStep[]): number[] {
  const found: number[] = [];
  let isPending = true;
  for (const { kind, line } of steps) {
    if (kind === 'written') isPending = true;
    else if (kind === 'synced') isPending = false;
    else if (isPending) found.push(line);
  }
  return found;
}
