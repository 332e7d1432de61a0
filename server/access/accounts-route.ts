/** Accounts over HTTP, for whoever may manage them: the list, invitations, assignments, lost passwords, leaving. */
import { Router, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';
import { ROLES, type Assignment } from '../../domain/access/roles.ts';
import type { AccountSession, OwnAccount } from '../../domain/wire/accounts.ts';
import { bodyOf, readBody } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { Access } from './access.ts';
import type { Session } from './account-store.ts';
import type { Accounts } from './accounts.ts';
import { demand, personOf, type People } from './people.ts';
import type { Person } from './person.ts';
import { refuseAccount } from './session-route.ts';

const word = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const day = v.pipe(v.string(), v.isoDate());
const assignment = v.strictObject({
  role: v.picklist(ROLES),
  station: v.optional(word),
  from: v.optional(day),
  until: v.optional(day),
});
const schemas = {
  add: v.strictObject({ staff: word, name: word, assignment }),
  assignment,
  until: v.strictObject({ until: day }),
  end: v.strictObject({ handTo: v.optional(word) }),
  nothing: v.strictObject({}),
};

export interface AccountsRouteOptions {
  readonly accounts: Accounts;
  readonly people: People;
  readonly access: Pick<Access, 'ingestKeys' | 'displayTokens'>;
  readonly day: () => string;
  readonly stations: () => readonly { readonly id: string; readonly name: string }[];
  /** The profile's staff of today. */
  readonly roster: () => readonly { readonly id: string; readonly name: string; readonly station: string }[];
  /** The address that a code is given out with, asked for by this request. */
  readonly addressOf: (request: Parameters<RequestHandler>[0]) => string;
  /** Gives somebody's open follow-ups to another; how many those were. */
  readonly handOn: (from: string, to: string, by: string) => Promise<number>;
  /** How many open follow-ups somebody has in hand. */
  readonly countInHand: (staff: string) => Promise<number>;
  /** Closes the windows of somebody who leaves. */
  readonly leaveWindows: (staff: string, by: string) => Promise<void>;
}

export function createAccountsRouter(options: AccountsRouteOptions): Router {
  const { accounts, people, access } = options;
  const router = Router();
  const manage = [people.gate, demand('manage-accounts', options.day)] as const;
  const staffOf = (request: Parameters<RequestHandler>[0]): string => String(request.params['staff']);
  const withCode = (request: Parameters<RequestHandler>[0], response: Response, code: string): void => {
    response.status(201).json({ code, address: `${options.addressOf(request)}/sign-in#${code}` });
  };

  router.get('/api/accounts', ...manage, (_request, response) => {
    const person = personOf(response);
    const listed = accounts.list(person);
    const known = new Set(listed.map(({ staff }) => staff));
    response.json({
      accounts: listed.map(({ staff, name, password, endedAt, mayTouch, assignments, sessions }) => ({
        staff,
        name,
        mayTouch,
        state: endedAt !== null ? 'ended' : password === null ? 'invited' : 'active',
        assignments: assignments.map(({ staff: _staff, ...rest }) => rest),
        ...(sessions.length > 0 ? { lastSeen: Math.max(...sessions.map(({ seenAt }) => seenAt)) } : {}),
        // Whoever may not touch an account has no business with where it is signed in.
        sessions: (mayTouch || staff === person.staff ? sessions : []).map(toSession(person)),
      })),
      stations: options.stations(),
      roles: accounts.rolesToGive(person),
      roster: options.roster().filter(({ id }) => !known.has(id)),
      // Sessions go by the machine's clock, which in a demo is another than the hall's.
      now: Date.now(),
    });
  });
  /** Everybody their own, so that a lost telephone can be signed out. */
  router.get('/api/accounts/own', people.gate, (_request, response) => {
    const person = personOf(response);
    const found = accounts.list(person).find(({ staff }) => staff === person.staff);
    response.json({
      sessions: found?.sessions.map(toSession(person)) ?? [],
      stations: options.stations(),
      now: Date.now(),
    } satisfies OwnAccount);
  });
  router.post('/api/accounts', ...manage, readBody(schemas.add), (request, response) => {
    const { staff, name, assignment: first } = bodyOf(response, schemas.add);
    const done = accounts.add(personOf(response), staff, name, first);
    if (done.ok) withCode(request, response, done.code);
    else refuseAccount(response, done);
  });
  router.post('/api/accounts/:staff/assignments', ...manage, readBody(schemas.assignment), (request, response) => {
    const given: Assignment = bodyOf(response, schemas.assignment);
    const done = accounts.addAssignment(personOf(response), staffOf(request), given);
    if (done.ok) response.status(201).json({ id: done.id });
    else refuseAccount(response, done);
  });
  router.post('/api/accounts/:staff/assignments/:id/end', ...manage, readBody(schemas.until), (request, response) => {
    const { until } = bodyOf(response, schemas.until);
    const id = String(request.params['id']);
    const done = accounts.endAssignment(personOf(response), staffOf(request), id, until);
    if (done.ok) response.json({});
    else refuseAccount(response, done);
  });
  router.post('/api/accounts/:staff/code', ...manage, readBody(schemas.nothing), (request, response) => {
    const done = accounts.issueReset(personOf(response), staffOf(request));
    if (done.ok) withCode(request, response, done.code);
    else refuseAccount(response, done);
  });
  router.post('/api/accounts/:staff/end', ...manage, readBody(schemas.end), async (request, response) => {
    const person = personOf(response);
    const staff = staffOf(request);
    const { handTo } = bodyOf(response, schemas.end);
    if (handTo !== undefined && (handTo === staff || !accounts.isHere(handTo))) {
      response.status(422).json({ error: 'form', field: 'handTo' });
      return;
    }
    const bar = accounts.findBarToEnd(person, staff);
    if (bar) return refuseAccount(response, bar);
    await answerLedgerTrouble(response, async () => {
      const inHand = handTo === undefined ? await options.countInHand(staff) : 0;
      if (inHand > 0) return void response.status(409).json({ error: 'in-hand', field: 'handTo', n: inHand });
      await options.leaveWindows(staff, person.staff);
      // Handed on first: an account that has ended is not ended again, and what it owned would stay with nobody.
      const handedOn = handTo === undefined ? 0 : await options.handOn(staff, handTo, person.staff);
      const done = accounts.end(person, staff);
      if (done.ok) response.json({ handedOn });
      else refuseAccount(response, done);
    });
  });
  /** Everybody their own; of others whoever may touch the account. */
  router.post('/api/accounts/sessions/:id/end', people.gate, readBody(schemas.nothing), (request, response) => {
    const done = accounts.endSession(personOf(response), String(request.params['id']));
    if (done.ok) response.status(204).end();
    else refuseAccount(response, done);
  });
  router.get('/api/access/keys', people.gate, demand('set-up', options.day), (_request, response) => {
    response.json({
      now: Date.now(),
      keys: access.ingestKeys.list().map(({ id, label, sources, createdAt, revokedAt }) => ({
        id,
        label,
        what: sources.join(', '),
        createdAt,
        ...(revokedAt === null ? {} : { revokedAt }),
      })),
      displays: access.displayTokens.list().map(({ id, label, audience, createdAt, revokedAt }) => ({
        id,
        label,
        what: typeof audience === 'string' ? audience : JSON.stringify(audience),
        createdAt,
        ...(revokedAt === null ? {} : { revokedAt }),
      })),
    });
  });
  return router;
}

/** A session as it is listed for `person`. */
function toSession(person: Person) {
  return ({ id, label, createdAt, seenAt, isKept }: Session): AccountSession => ({
    id,
    label,
    createdAt,
    seenAt,
    keep: isKept,
    ...(id === person.session ? { mine: true } : {}),
  });
}
