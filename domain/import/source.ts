/** The source under which the hall tells of files that were brought in on its page. */
export const IMPORT_SOURCE = 'urn:hallpulse:import';
