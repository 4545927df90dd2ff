// An expert labels one photograph of the demo with the tools that fit its objects, by mouse and keys, in the real application.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EXPERT_PHOTOGRAPH } from './expertLabels.ts'
import { labelAsExpert, openForExpert } from './labelAsExpert.ts'

const out = resolve(import.meta.dirname, '../../out/demo-expert')
const folder = join(out, 'photographs')

rmSync(out, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const app = await openForExpert(folder)
await labelAsExpert(app)
await app.annotate.waitUntilSaved()
await app.screenshot(join(out, 'expert.png'))
console.log(`Labelled ${await app.annotate.objects().count()} objects of ${EXPERT_PHOTOGRAPH.name}; screenshot: ${join(out, 'expert.png')}`)
await app.quit()
if (app.complaints.length > 0) throw new Error(`The window complained:\n${app.complaints.join('\n')}`)
