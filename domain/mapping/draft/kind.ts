/** What an export is of. */
export type FileKind = 'tickets' | 'cases' | 'ratings' | 'requests' | 'appointments' | 'totals';
