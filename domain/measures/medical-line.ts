/** The line of business that the hall's pilot and its measures are of, by its id in the catalogue. */
export const MEDICAL_LINE = 'medical-insurance';
