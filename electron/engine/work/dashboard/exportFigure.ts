import { join } from 'node:path'
import Papa from 'papaparse'
import type { DashboardFilter, FigureName } from '../../../../shared/rpc/dashboard.ts'
import { exportInto } from '../exportLabelsFolder.ts'
import { instantNow } from '../context.ts'
import type { WorkContext } from '../context.ts'
import { dashboardFigures } from './dashboardFigures.ts'
import { figureTable } from './figureTable.ts'

/** Writes a figure as CSV (RFC 4180, UTF-8) into `directory`; answers the file's path. @throws RpcError as `exportInto`. */
export async function exportFigure({ db, clock }: WorkContext, { figure, filter, directory }: { figure: FigureName; filter: DashboardFilter; directory: string }): Promise<{ file: string }> {
  const { columns, rows } = figureTable(dashboardFigures(db, filter), figure)
  const name = `fieldmark-${figure}-${instantNow(clock).replaceAll(':', '-').replace(/\..*$/, '')}.csv`
  // A name of a class or a person must not become a formula in a spreadsheet.
  const text = Papa.unparse({ fields: columns, data: rows }, { escapeFormulae: true })
  await exportInto(directory, (folder) => folder.write(name, `${text}\r\n`))
  return { file: join(directory, name) }
}
