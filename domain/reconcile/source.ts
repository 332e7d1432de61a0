/** In whose name the hall says how its ledger agrees with other systems. */
export const RECONCILE_SOURCE = 'urn:hallpulse:reconcile';
