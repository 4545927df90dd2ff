import { SchemaHashSchema } from '../../../shared/domain/ids.ts'
import { parseJson, projectOf } from '../db/records.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { notFound } from '../http/problems.ts'

/** Who the token belongs to, and what they may read of projects. */
export const me: Handler<'me'> = async ({ storage }, { caller: { userId, name, roles } }) => ({ userId, name, roles: [...roles], storage })

export const listProjects: Handler<'listProjects'> = async ({ db }, { caller }) => {
  const rows = await db.selectFrom('projects').innerJoin('projectMembers', 'projectMembers.projectId', 'projects.id')
    .where('projectMembers.userId', '=', caller.userId).selectAll('projects').orderBy('projects.id').execute()
  return { projects: rows.map(projectOf) }
}

export const getLabelSchema: Handler<'getLabelSchema'> = async ({ db }, { params, caller }) => {
  const hash = SchemaHashSchema.parse(params.hash)
  const row = await db.selectFrom('labelSchemas').innerJoin('projectSchemas', 'projectSchemas.schemaHash', 'labelSchemas.hash')
    .innerJoin('projectMembers', 'projectMembers.projectId', 'projectSchemas.projectId')
    .where('labelSchemas.hash', '=', hash).where('projectMembers.userId', '=', caller.userId)
    .select('labelSchemas.body').executeTakeFirst()
  if (!row) throw notFound('label schema')
  return parseJson(row.body)
}
