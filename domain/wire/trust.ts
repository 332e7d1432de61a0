/** What the page `/trust` is told of the hall's own authority. */

export interface Trust {
  /** Absent where none was made. */
  readonly authority?: {
    /** What a device's list shows. */
    readonly title: string;
    /** SHA-256 of the file that is downloaded, 64 hexadecimal digits. */
    readonly fingerprint: string;
    /** Epoch ms. */
    readonly until: number;
  };
  /** The server's own certificate, which the authority vouches for. */
  readonly certificate?: { readonly until: number; readonly names: readonly string[] };
  /** Whether this server speaks TLS now; a certificate that was just made waits for a new start. */
  readonly isServed: boolean;
}

/** The systems that the page explains. */
export type Guide = 'windows' | 'android' | 'uos' | 'ios' | 'other';
