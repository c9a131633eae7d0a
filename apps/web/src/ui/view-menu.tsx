import type { SavedView } from '@sarai/api'
import BookmarkPlus from 'lucide-react/icons/bookmark-plus'
import Pencil from 'lucide-react/icons/pencil'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Save from 'lucide-react/icons/save'
import Trash from 'lucide-react/icons/trash-2'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'use-intl'
import { AnchoredMenu } from './anchored-menu.tsx'
import type { LazyMenuContentProps } from './lazy-menu.tsx'
import { MenuItem, MenuRadioGroup, MenuSeparator } from './menu.tsx'
import { useChangeView } from './use-change-view.ts'
import type { ViewProps } from './view-desk.ts'

interface ViewMenuProps extends LazyMenuContentProps, ViewProps {
  /** The one in the address. */
  view: SavedView<object> | undefined
  isDifferent: boolean
  /** Asks for a name, for a new one or for the one that is shown. */
  onName: (view: SavedView<object> | 'new') => void
}

const ALL = 'all'

/** All lists that were saved, one's own and the team's, and what can be done with the one that is shown. */
export function ViewMenu(props: ViewMenuProps) {
  const { desk, view, search, onSearchChange, onName, isDifferent: _, ...menu } = props
  const t = useTranslations('view')
  // Here and not beside its items: they are gone before the answer comes.
  const change = useChangeView({ desk, search, onSearchChange })
  const { views, countOf } = desk
  const [shared, own] = [views.filter(({ isShared }) => isShared), views.filter(({ isShared }) => !isShared)]
  const toOption = ({ id, name }: SavedView<object>) => ({ value: id, label: name, count: countOf?.(id) })
  function show(id: string): void {
    const chosen = views.find((each) => each.id === id)
    onSearchChange(chosen ? desk.toSearch(chosen) : {})
  }
  return (
    <AnchoredMenu {...menu} align="start">
      <MenuRadioGroup
        label={t('mine')}
        value={view?.id ?? (Object.keys(search).length === 0 ? ALL : '')}
        options={[{ value: ALL, label: desk.words.all }, ...own.map(toOption)]}
        onChange={show}
      />
      {shared.length > 0 ? (
        <MenuRadioGroup
          label={t('team')}
          value={view?.id ?? ''}
          options={shared.map(toOption)}
          onChange={show}
        />
      ) : null}
      <MenuSeparator />
      <MenuItem icon={<BookmarkPlus aria-hidden />} onSelect={() => onName('new')}>
        {t('saveAs')}
      </MenuItem>
      {view ? <ViewItems {...props} view={view} change={change} /> : null}
    </AnchoredMenu>
  )
}

/** Who may not share may not change what is shared. */
function ViewItems({
  desk,
  view,
  search,
  onSearchChange,
  onName,
  isDifferent,
  change,
}: ViewMenuProps & {
  view: SavedView<object>
  change: ReturnType<typeof useChangeView>
}) {
  const t = useTranslations('view')
  const { mayShare } = desk
  const mayChange = mayShare || !view.isShared
  return (
    <>
      {isDifferent && mayChange ? (
        <MenuItem
          icon={<Save aria-hidden />}
          onSelect={() => change.update(view, { content: desk.toContent(search) })}
        >
          {t('saveChanges')}
        </MenuItem>
      ) : null}
      {isDifferent ? (
        <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => onSearchChange(desk.toSearch(view))}>
          {t('asSaved')}
        </MenuItem>
      ) : null}
      {mayChange ? (
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onName(view)}>
          {t('rename')}
        </MenuItem>
      ) : null}
      {mayShare ? (
        <MenuItem
          icon={<UsersRound aria-hidden />}
          onSelect={() => change.update(view, { isShared: !view.isShared })}
        >
          {t(view.isShared ? 'unshare' : 'share')}
        </MenuItem>
      ) : null}
      {mayChange ? (
        <MenuItem isDanger icon={<Trash aria-hidden />} onSelect={() => change.remove(view)}>
          {t('delete')}
        </MenuItem>
      ) : null}
    </>
  )
}
