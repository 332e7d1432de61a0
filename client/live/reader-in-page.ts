/** Whether the server opened this page by somebody's session: a display's page says nothing of the kind, and asks nobody. */
export function isReadByPerson(page: Document): boolean {
  return page.querySelector('meta[name="reader"]')?.getAttribute('content') === 'person';
}
