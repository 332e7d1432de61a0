/** A photograph as a telephone takes it: lying on its side, with its orientation and where it was taken in its head. */
import sharp from 'sharp';

/** What the head of a photograph says of where and with what it was taken. */
const WHERE = {
  IFD0: { Make: 'Telephone', Model: 'T1' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 33/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '114/1 2/1 0/1' },
};

/** Twelve million pixels and several megabytes: a red field to the left of a blue one, with the grain of a dark room. */
export async function largePhotograph(): Promise<Buffer> {
  const field = { width: 4_032, height: 3_024, channels: 3 as const };
  const grain = await sharp({
    create: { ...field, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const red = { create: { ...field, width: 1_008, background: '#e02010' } };
  const blue = { create: { ...field, width: 3_024, background: '#2040d0' } };
  return sharp({ create: { ...field, background: '#888888' } })
    .composite([
      { input: red, left: 0, top: 0 },
      { input: blue, left: 1_008, top: 0 },
      { input: grain, blend: 'soft-light' },
    ])
    .withMetadata({ orientation: 6 })
    .withExifMerge(WHERE)
    .jpeg({ quality: 92 })
    .toBuffer();
}

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
    .withExifMerge(WHERE)
    .jpeg({ quality: 90 })
    .toBuffer();
}
