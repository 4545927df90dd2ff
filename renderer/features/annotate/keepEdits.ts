import { modals } from '@mantine/modals'
import type { TFunction } from 'i18next'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnnotateModel } from './annotateModel.ts'

/** Keeps the window open while edits are not on the disk, whatever it shows: it closes by itself as soon as they are, and asks when they cannot be. */
export function useCloseGuard(model: AnnotateModel): void {
  const { t } = useTranslation()
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (model.unsaved === 0) return
      event.preventDefault()
      void storedOrGivenUp(t, model, 'close').then((goOn) => { if (goOn) window.close() })
    }
    window.addEventListener('beforeunload', guard)
    return () => window.removeEventListener('beforeunload', guard)
  }, [model, t])
}

/** Does what takes the workspace away only after every edit is on the disk, or the person gave up those that cannot be; undefined when they did not. */
export function useWhenStored(model: AnnotateModel) {
  const { t } = useTranslation()
  return useCallback(async <T>(leave: () => Promise<T>): Promise<T | undefined> => ((await storedOrGivenUp(t, model, 'leave')) ? leave() : undefined), [model, t])
}

async function storedOrGivenUp(t: TFunction, model: AnnotateModel, way: 'close' | 'leave'): Promise<boolean> {
  return (await model.flush()) || askToGiveUp(t, model, way)
}

function askToGiveUp(t: TFunction, model: AnnotateModel, way: 'close' | 'leave'): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title: t(`annotate.save.${way}Title`), children: t(`annotate.save.${way}Text`, { count: model.unsaved }),
      labels: { confirm: t(`annotate.save.${way}Confirm`), cancel: t(`annotate.save.${way}Cancel`) }, confirmProps: { color: 'red' },
      onConfirm: () => {
        model.giveUp()
        resolve(true)
      },
      onClose: () => resolve(false),
    })
  })
}
