// Ticket numbers that begin again each morning without anybody having said so: told where a wall can flag them (C9).
import { expect, test } from 'vitest';
import { ev, openDay, tell } from './story.ts';

const take = (when: string, ticket: string, station: string) => ev('hall.ticket.taken', when, { ticket, station });

test('a number of an earlier day is told at its station on the day that it is taken again, and no longer', async () => {
  const steps = [
    openDay('11-22'),
    take('11-22 09:00', 'A001', 'hall'),
    take('11-22 09:05', 'A002', 'hall'),
    take('11-22 09:06', 'A002', 'hall'),
    openDay('11-25'),
    take('11-25 09:00', 'A001', 'hall'),
    take('11-25 09:01', 'A002', 'meifeng'),
    take('11-25 09:02', 'A003', 'hall'),
  ];
  const { overview, communities } = await tell(steps, ['overview', 'communities']);
  for (const { stations } of [overview, communities]) {
    expect(stations['hall']).toMatchObject({ reusedTickets: 1 });
    expect(stations['meifeng']).toMatchObject({ reusedTickets: 1 });
    expect(stations['meiting']).not.toHaveProperty('reusedTickets');
  }
  const next = await tell([...steps, openDay('11-26')], ['overview']);
  expect(next.overview.stations['hall']).not.toHaveProperty('reusedTickets');
});
