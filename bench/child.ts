/** Child processes of a bench: the bench command itself in another role, asked over its message channel. */
import { fork, type ChildProcess } from 'node:child_process';

type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

interface Question {
  readonly number: number;
  readonly name: string;
  readonly argument: unknown;
}
interface Answer {
  readonly number: number;
  readonly result?: unknown;
  readonly error?: string;
}

export interface Child {
  readonly process: ChildProcess;
  ask<T>(name: string, argument?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** Starts `commandFile` in a role of `childRoles`. */
export function startChild(commandFile: string, role: string): Child {
  const child = fork(commandFile, ['child', role], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  child.on('message', ({ number, result, error }: Answer) => {
    const asker = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) asker?.resolve(result as never);
    else asker?.reject(new Error(`${role}: ${error}`));
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void exited.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${role} ended before it answered`));
  });
  return {
    process: child,
    ask: (name, argument) =>
      new Promise((resolve, reject) => {
        const number = asked++;
        waiting.set(number, { resolve, reject });
        child.send({ number, name, argument } satisfies Question);
      }),
    async stop() {
      if (child.exitCode === null && child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The child's side: answers until the parent lets go of the channel. */
export function answerParent(handlers: Handlers): void {
  process.on('message', ({ number, name, argument }: Question) => {
    const reply = (answer: Answer) => process.connected && process.send!(answer);
    Promise.resolve()
      .then(() => handlers[name]!(argument as never))
      .then(
        (result) => reply({ number, result }),
        (error: unknown) => reply({ number, error: String(error) }),
      );
  });
  process.on('disconnect', () => process.exit(0));
}
