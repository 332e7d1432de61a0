/** The five levels of a rating, by score, as a citizen reads them. */
export const levels = ['', 'Not at all satisfied', 'Not satisfied', 'Fairly satisfied', 'Satisfied', 'Very satisfied'];
