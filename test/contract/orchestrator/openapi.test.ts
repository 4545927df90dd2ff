import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ENDPOINTS } from '../../../shared/api/endpoints.ts'
import { buildOpenApiDocument } from '../../../shared/api/openapi.ts'

const OperationSchema = z.looseObject({ operationId: z.string(), responses: z.record(z.string(), z.unknown()), requestBody: z.unknown().optional() })
const DocumentSchema = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), OperationSchema)) })

const text = JSON.stringify(buildOpenApiDocument(), null, 2)
const document = DocumentSchema.parse(JSON.parse(text))

test('the document names every endpoint of the contract, with problems beside success', () => {
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()]
    expect(operation?.operationId).toBe(name)
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['200', '401', '404', '409', '422', '500']))
    expect(operation?.requestBody !== undefined).toBe('body' in endpoint)
  }
  expect(Object.values(document.paths).flatMap((methods) => Object.keys(methods))).toHaveLength(Object.keys(ENDPOINTS).length)
})

test('every reference leads somewhere', () => {
  for (const [, reference = ''] of text.matchAll(/"\$ref": "([^"]+)"/g)) {
    const found = reference.split('/').slice(1).reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document)
    expect(found, reference).toBeDefined()
  }
})

test('readers may not refuse fields of a newer server', () => {
  expect(text).not.toContain('"additionalProperties": false')
})

test('the written document is this one', () => {
  expect(readFileSync(resolve(import.meta.dirname, '../../../shared/api/openapi.json'), 'utf8')).toBe(`${text}\n`)
})
