/** A display's token in the address of its own page, behind `#`: for a frame of another site, where no strict cookie arrives. */

const PICTURE_MS = 10_000;

let token: string | undefined;

/**
 * Whatever the page asks from now on carries it, and no cookie. It stays in the address, which a page that loads itself
 * anew has from nowhere else; no server sees it there.
 *
 * @param hash of the page's address: `#token=…`
 */
export function useOwnToken(hash: string): void {
  token = /^#token=([\w-]{1,200})$/.exec(hash)?.[1];
}

export function readOwnToken(): string | undefined {
  return token;
}

/** A picture of the server's own as a page can show it that must show its token for it; `undefined` where there is none. */
export async function readPicture(address: string): Promise<string | undefined> {
  try {
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(address, { headers, credentials: 'omit', signal: AbortSignal.timeout(PICTURE_MS) });
    if (response.status !== 200) return undefined;
    const reader = new FileReader();
    const read = new Promise<string>((resolve, reject) => {
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => reject(new Error('unreadable'));
    });
    reader.readAsDataURL(await response.blob());
    return await read;
  } catch {
    // Out of reach: a drawing stands in its place, as where there is none.
    return undefined;
  }
}
