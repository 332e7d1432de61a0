const PROBE = 'hallpulse_probe';

/**
 * Whether this browser keeps cookies for the page. It is tried: `navigator.cookieEnabled` is true in Chromium even where
 * its settings forbid them.
 */
export function keepsCookies(): boolean {
  try {
    document.cookie = `${PROBE}=1; SameSite=Strict`;
    const isKept = document.cookie.includes(`${PROBE}=1`);
    document.cookie = `${PROBE}=; Max-Age=0; SameSite=Strict`;
    return isKept;
  } catch {
    return false;
  }
}
