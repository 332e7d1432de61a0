/** The steps of setting a hall up, and which of them are done: told by the documents, so that anybody can go on. */
import type { AccountList } from '../../../domain/wire/accounts.ts';
import type { SetupState } from '../../../domain/wire/setup.ts';

export const STEPS = ['hall', 'stations', 'windows', 'hours', 'items', 'staff', 'accounts', 'finish'] as const;
export type Step = (typeof STEPS)[number];

export function findStep(asked: string): Step | undefined {
  return STEPS.find((step) => step === asked);
}

/** @param mine the staff id of whoever sets the hall up */
export function isStepDone(step: Step, { documents, isDone }: SetupState, list: AccountList, mine: string): boolean {
  const profile = documents.profile.value;
  switch (step) {
    case 'hall':
      return isNamed(profile);
    case 'stations':
      return profile.stations.length > 0;
    case 'windows':
      return profile.windows.length > 0;
    case 'hours':
      return profile.hours.length > 0;
    case 'items':
      return documents.catalogue.value.items.length > 0;
    case 'staff':
      return profile.staff.length > 0;
    case 'accounts':
      return list.accounts.some(({ staff, state }) => staff !== mine && state !== 'ended');
    case 'finish':
      return isDone;
  }
}

/** A hall that was cleared is called by its id until it has a name. */
export function isNamed({ hall, name }: SetupState['documents']['profile']['value']): boolean {
  return name.zh.trim() !== '' && name.zh !== hall;
}

/** Where somebody goes on: at the first step that is not done. */
export function nextStep(state: SetupState, list: AccountList, mine: string): Step {
  return STEPS.find((step) => !isStepDone(step, state, list, mine)) ?? 'finish';
}
