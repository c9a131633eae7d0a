import { usePage } from '../lib/page.ts'

export interface PageHeadingProps {
  /** The page's name: heading and document title. */
  title: string
  /** The workspace or other place it belongs to, for the document title. */
  place?: string | undefined
  /** For pages whose layout has no room for a heading; screen readers still find it. */
  isHidden?: boolean
  /** `lg` for pages that are nothing but their heading and one thing to do. */
  size?: 'md' | 'lg'
}

const SIZES = {
  md: 'truncate text-lg font-semibold tracking-tight',
  lg: 'text-xl font-semibold tracking-tight text-balance',
}

/** The one `h1` of a page. */
export function PageHeading({ title, place, isHidden = false, size = 'md' }: PageHeadingProps) {
  const heading = usePage(title, place)
  return (
    <h1 ref={heading} tabIndex={-1} className={isHidden ? 'sr-only' : SIZES[size]}>
      {title}
    </h1>
  )
}
