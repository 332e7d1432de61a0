/** The mark that a printer waits for: the report stands, laid out, in the product's own faces. */
const MARK = 'ready';

export function takeMark(): void {
  delete document.documentElement.dataset[MARK];
}

/** Sets the mark once every face that the page needs is there; one that cannot be had leaves it unset. */
export async function setMark(): Promise<void> {
  // Faces are asked for by what is laid out.
  void document.body.offsetHeight;
  await document.fonts.ready;
  const faces = [...document.fonts];
  if (faces.some(({ status }) => status === 'error' || status === 'loading')) return;
  if (!faces.some(({ status }) => status === 'loaded')) return;
  document.documentElement.dataset[MARK] = '';
}
