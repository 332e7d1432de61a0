// The line between a wall and its server, as a test holds it: it carries, swallows everything without a word, or is cut.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Line {
  /** The address at which the far end is reached through this line. */
  readonly url: string;
  /** From now on nothing goes through and nobody is told: what a pulled cable or a forgetful firewall does. */
  swallow(): void;
  /** New connections go through again; what was swallowed stays lost, as after a real outage. */
  carry(): void;
  /** Ends every connection. */
  cut(): void;
  close(): Promise<void>;
}

/** A line to a port of this machine. */
export async function openLine(targetPort: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let isCarrying = true;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (!isCarrying) {
      near.resume();
      return;
    }
    const far = connect(targetPort, '127.0.0.1');
    keep(far);
    near.pipe(far);
    far.pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    swallow() {
      isCarrying = false;
      for (const socket of sockets) {
        socket.unpipe();
        socket.removeAllListeners('close');
        socket.resume();
      }
    },
    carry() {
      isCarrying = true;
    },
    cut,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
