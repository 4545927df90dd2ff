import type { WorkContext } from '../../work/context.ts'
import { dashboardFigures } from '../../work/dashboard/dashboardFigures.ts'
import { exportFigure } from '../../work/dashboard/exportFigure.ts'
import type { Handlers } from '../server.ts'

/** How the work goes, counted from what is here. */
export function dashboardHandlers({ context }: { context: WorkContext }): Pick<Handlers, 'dashboard.figures' | 'dashboard.export'> {
  return {
    'dashboard.figures': ({ filter }) => dashboardFigures(context.db, filter),
    'dashboard.export': (request) => exportFigure(context, request),
  }
}
