import { Activity, lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { Desktop } from '../../bridge/preloadApi.ts'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { startRasterThreadAhead } from '../../canvas/shapes/raster/rasterThread.ts'
import { AnnotateModel } from '../../features/annotate/annotateModel.ts'
import { AnnotateView } from '../../features/annotate/AnnotateView.tsx'
import { useCloseGuard, useWhenStored } from '../../features/annotate/keepEdits.ts'
import { AuditView } from '../../features/audit/AuditView.tsx'
import { DiagnosticsView } from '../../features/diagnostics/DiagnosticsView.tsx'
import { HistoryView } from '../../features/history/HistoryView.tsx'
import { KeymapProvider } from '../../features/common/hotkeys/KeymapContext.tsx'
import { makeKeymap } from '../../features/common/hotkeys/keymap.ts'
import { QueueView } from '../../features/queue/QueueView.tsx'
import { TimeTravelDialog } from '../../features/timeTravel/TimeTravelDialog.tsx'
import { ReviewView } from '../../features/review/ReviewView.tsx'
import { SyncView } from '../../features/sync/SyncView.tsx'
import { DEFAULT_SETTINGS } from '../../../shared/rpc/workspace.ts'
import { WINDOW_COMMANDS } from '../commands.ts'
import { ErrorBoundary } from '../ErrorBoundary.tsx'
import { HelpOverlay } from '../help/HelpOverlay.tsx'
import { CommandPalette } from '../palette/CommandPalette.tsx'
import { SettingsDialog } from '../settings/SettingsDialog.tsx'
import { useSettings } from '../settings/useSettings.ts'
import { TokenDialog } from '../token/TokenDialog.tsx'
import { TokenFact } from '../token/TokenFact.tsx'
import { useTokenKeeping, type TokenKeeper } from '../token/useTokenKeeping.ts'
import type { OpenWorkspace, WorkspaceChoice } from '../useSession.ts'
import { useViewStore } from '../viewStore.ts'
import { AppKeys } from './AppKeys.tsx'
import { NoticeBars } from './NoticeBars.tsx'
import { Rail } from './Rail.tsx'
import { StatusBar } from './StatusBar.tsx'
import classes from './Frame.module.css'

/** With its charts, which are large, read when it is shown first. */
const DashboardView = lazy(async () => ({ default: (await import('../../features/dashboard/DashboardView.tsx')).DashboardView }))

/** The window around the views: the rail at the left, notices above, the status bar below. */
export function Frame({ desktop, onOpen }: { desktop: Desktop; onOpen: OpenWorkspace }) {
  // Not the task itself: nothing around the views is rendered again from task to task.
  const dialog = useViewStore((state) => state.dialog)
  const setDialog = useViewStore((state) => state.setDialog)
  const annotate = useViewStore((state) => state.annotate)
  const travelsOn = useViewStore((state) => (state.dialog === 'timeTravel' ? state.taskId : undefined))
  const engine = useEngine()
  const [model] = useState(() => new AnnotateModel(engine))
  useCloseGuard(model)
  useEffect(() => {
    const idle = requestIdleCallback(startRasterThreadAhead)
    return () => { cancelIdleCallback(idle) }
  }, [])
  const keeper = useTokenKeeping(desktop)
  const whenStored = useWhenStored(model)
  const openAnother = useCallback((choice: WorkspaceChoice) => whenStored(() => onOpen(choice)), [whenStored, onOpen])
  const settings = useSettings()
  const hotkeys = settings.settings?.hotkeys ?? DEFAULT_SETTINGS.hotkeys
  // A new keymap means new commands: it is made only for new settings.
  const keymap = useMemo(() => makeKeymap(hotkeys, WINDOW_COMMANDS), [hotkeys])
  return (
    <KeymapProvider value={keymap}>
      <AppKeys />
      <div className={classes.frame}>
        <Rail />
        <NoticeBars />
        <main className={classes.main}>
          <ErrorBoundary>
            <CurrentView desktop={desktop} model={model} keeper={keeper} onOpen={openAnother} />
          </ErrorBoundary>
        </main>
        <StatusBar desktop={desktop} onOpen={openAnother} />
        <SettingsDialog chooseModelFile={() => desktop.chooseModelFile()} opened={dialog === 'settings'} settings={settings} onClose={() => setDialog(undefined)} />
        <TokenDialog keeper={keeper} />
        <CommandPalette opened={dialog === 'palette'} onClose={closePalette} />
        <TimeTravelDialog
          taskId={travelsOn} onClose={() => setDialog(undefined)}
          onRestored={(id) => { setDialog(undefined); annotate(id) }}
        />
        <HelpOverlay opened={dialog === 'help'} onClose={() => setDialog(undefined)} />
      </div>
    </KeymapProvider>
  )
}

/** Another dialog may have been opened by what was chosen: it stays. */
function closePalette(): void {
  const { dialog, setDialog } = useViewStore.getState()
  if (dialog === 'palette') setDialog(undefined)
}

function CurrentView({ desktop, model, keeper, onOpen }: { desktop: Desktop; model: AnnotateModel; keeper: TokenKeeper; onOpen: OpenWorkspace }) {
  const { view, taskId, query, show, choose, annotate, putAway, setQuery, setDialog } = useViewStore()
  return (
    <>
      {/* Kept while other views are shown: the open task, its tool and its place in the image stay as they were. */}
      <Activity mode={view === 'annotate' ? 'visible' : 'hidden'}>
        <AnnotateView model={model} taskId={taskId} query={query} onAnnotate={annotate} onLeave={() => show('queue')} onReview={() => putAway('review')} />
      </Activity>
      {view === 'queue' && (
        <QueueView query={query} onQueryChange={setQuery} chosen={taskId} onChoose={choose} onAnnotate={annotate} chooseDirectory={() => desktop.chooseDirectory()} />
      )}
      {view === 'review' && <ReviewView onMend={annotate} />}
      {view === 'sync' && <SyncView onAnnotate={annotate} chooseDirectory={() => desktop.chooseDirectory()} />}
      {view === 'history' && <HistoryView taskId={taskId} onShowQueue={() => show('queue')} onTimeTravel={() => setDialog('timeTravel')} chooseDirectory={() => desktop.chooseDirectory()} />}
      {view === 'audit' && <AuditView chooseDirectory={() => desktop.chooseDirectory()} chooseAuditLog={() => desktop.chooseAuditLog()} />}
      {view === 'dashboard' && <Suspense><DashboardView chooseDirectory={() => desktop.chooseDirectory()} /></Suspense>}
      {view === 'diagnostics' && <DiagnosticsView chooseDirectory={() => desktop.chooseDirectory()} onRestore={(name) => onOpen({ kind: 'backup', name })} token={<TokenFact keeper={keeper} />} />}
    </>
  )
}
