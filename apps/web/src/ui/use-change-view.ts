import type { SavedView } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { reactTo } from '../lib/errors.ts'
import { showToast } from '../lib/toast.ts'
import type { ViewProps } from './view-desk.ts'

/** Changes and deletes a view; each with a way back. */
export function useChangeView({ desk, search, onSearchChange }: ViewProps) {
  const t = useTranslations('view')
  const tc = useTranslations('common.action')
  function offerUndo(title: string, run: () => void): void {
    showToast({ id: 'view', title, tone: 'success', action: { label: tc('undo'), run } })
  }
  async function attempt<Done>(work: Promise<Done>, onDone?: (done: Done) => void): Promise<void> {
    try {
      onDone?.(await work)
    } catch (error) {
      showToast({ title: t(whyNot(error)), tone: 'danger' })
    }
    await desk.refresh()
  }
  return {
    update(view: SavedView<object>, change: { isShared: boolean } | { content: object }): void {
      const { id, name, version, isShared, content } = view
      const before = 'content' in change ? { content } : { isShared }
      void attempt(desk.update({ id, version, ...change }), (saved) =>
        offerUndo(
          t('saved', { name }),
          () => void attempt(desk.update({ id, version: saved.version, ...before })),
        ),
      )
    },
    remove({ id, name }: SavedView<object>): void {
      const { view: _view, ...list } = search
      void attempt(desk.remove(id), () => {
        onSearchChange(list)
        offerUndo(t('deleted', { name }), () => void attempt(desk.restore(id), () => onSearchChange(search)))
      })
    },
  }
}

/** Why a view could not be saved, as a text of `view`. */
export function whyNot(error: unknown): 'nameTaken' | 'changedMeanwhile' | 'tooMany' | 'gone' | 'failed' {
  const reaction = reactTo(error)
  if (reaction.kind === 'not-found') return 'gone'
  if (reaction.kind !== 'conflict') return 'failed'
  if (reaction.details['field'] === 'name') return 'nameTaken'
  return reaction.details['current'] ? 'changedMeanwhile' : 'tooMany'
}
