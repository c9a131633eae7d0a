import { memo, type ReactNode } from 'react'
import type { MessageBlock as Block } from './message-blocks.ts'

interface MessageBlockProps {
  block: Block
  /** The height of the empty space in its place; null: it is drawn. */
  spacePx: number | null
  renderItem: (item: Block['items'][number]) => ReactNode
}

/** A stretch of the thread, or empty space of the same height. */
export const MessageBlock = memo(function MessageBlock(props: MessageBlockProps) {
  const { block, spacePx, renderItem } = props
  if (spacePx !== null) return <div role="none" style={{ height: spacePx }} />
  // A layout of its own: no margin of a message reaches out of it, so that its height is all there is to know.
  return (
    <div role="none" data-drawn className="flow-root">
      {block.items.map(renderItem)}
    </div>
  )
})
