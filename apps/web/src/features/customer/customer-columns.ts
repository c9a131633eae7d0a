/** The columns of heading and rows alike: more of them as the list gets wider, two lines where it is narrow. */
export const CUSTOMER_GRID =
  'grid items-center gap-x-4 px-4 md:px-6 grid-cols-[minmax(0,1fr)_auto] @2xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)_9.5rem_6.5rem] @5xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_9.5rem_minmax(0,1.4fr)_minmax(0,1fr)_6.5rem] @7xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_9.5rem_minmax(0,1.4fr)_7rem_minmax(0,1fr)_6.5rem_6.5rem]'

/** From which width of the list a column is shown. */
export const COLUMN_SHOWN = {
  company: 'hidden @2xl:block',
  phone: 'hidden @2xl:block',
  email: 'hidden @5xl:block',
  city: 'hidden @7xl:block',
  tags: 'hidden @5xl:flex',
  createdAt: 'hidden @7xl:block',
} as const
