/** A photograph as a telephone takes it: lying on its side, with its orientation and where it was taken in its head. */
import sharp from 'sharp';

/** A JPEG of 1,600 × 1,200, red to the left, to be turned a quarter clockwise (orientation 6), taken in Shenzhen. */
export async function telephonePhotograph(): Promise<Buffer> {
  const side = (left: number, width: number, background: string) => ({
    input: { create: { width, height: 1_200, channels: 3 as const, background } },
    left,
    top: 0,
  });
  return sharp({ create: { width: 1_600, height: 1_200, channels: 3, background: '#888888' } })
    .composite([side(0, 400, '#e02010'), side(400, 1_200, '#2040d0')])
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Telephone', Model: 'T1' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 33/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '114/1 2/1 0/1' },
    })
    .jpeg({ quality: 90 })
    .toBuffer();
}
