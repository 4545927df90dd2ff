// An expert labels one photograph of the demo with the tools that fit its objects, by mouse and keys, in the real application.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { EXPERT_PHOTOGRAPH, EXPERT_SCHEMA } from './expertLabels.ts'
import { labelAsExpert } from './labelAsExpert.ts'

const out = resolve(import.meta.dirname, '../../out/demo-expert')
const folder = join(out, 'photographs')

rmSync(out, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
copyFileSync(EXPERT_PHOTOGRAPH.file, join(folder, EXPERT_PHOTOGRAPH.name))
writeFileSync(join(folder, 'labels.json'), JSON.stringify(EXPERT_SCHEMA))

const app = await FieldmarkApp.launch({ folder })
await app.queue.open(EXPERT_PHOTOGRAPH.name)
await app.annotate.waitUntilOpen(EXPERT_PHOTOGRAPH.name)
await labelAsExpert(app)
await app.annotate.waitUntilSaved()
await app.screenshot(join(out, 'expert.png'))
console.log(`Labelled ${await app.annotate.objects().count()} objects of ${EXPERT_PHOTOGRAPH.name}; screenshot: ${join(out, 'expert.png')}`)
await app.quit()
if (app.complaints.length > 0) throw new Error(`The window complained:\n${app.complaints.join('\n')}`)
