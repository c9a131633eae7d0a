import { expect, test } from 'vitest'
import { fitPicture, PICTURE_BOX_PX } from './fit-picture.ts'

test.each([
  [
    { width: 100, height: 50 },
    { width: 100, height: 50 },
  ],
  [{ width: 3200, height: 2400 }, PICTURE_BOX_PX],
  [
    { width: 1000, height: 4000 },
    { width: 60, height: 240 },
  ],
  [
    { width: 16_000, height: 1 },
    { width: 320, height: 1 },
  ],
])('a picture of %o is shown as %o', (picture, shown) => {
  expect(fitPicture(picture)).toEqual(shown)
})
