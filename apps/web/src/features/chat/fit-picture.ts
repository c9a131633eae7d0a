/** The largest place that a picture takes in a conversation. */
export const PICTURE_BOX_PX = { width: 320, height: 240 } as const

interface Size {
  width: number
  height: number
}

/** As large as it is, or as the place allows; never larger than it is, never nothing. */
export function fitPicture({ width, height }: Size): Size {
  const scale = Math.min(1, PICTURE_BOX_PX.width / width, PICTURE_BOX_PX.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
