import type { TFunction } from 'i18next'
import { AuditTypeSchema } from '../../../shared/domain/auditEvent.ts'
import type { AuditFacets } from '../../../shared/rpc/auditSearch.ts'

/** What happened, in words; a kind that this program does not know is told as it is written. */
export function kindText(t: TFunction, type: string): string {
  const known = AuditTypeSchema.safeParse(type)
  return known.success ? t(`history.event.${known.data}`) : type
}

/** Who it was; '' is no person. */
export function personText(t: TFunction, actor: string): string {
  return actor === '' ? t('audit.nobody') : actor
}

/** The end of a device's id tells devices apart, for they begin with the time. */
export function deviceText(t: TFunction, device: string, devices: AuditFacets['devices']): string {
  const known = devices.find((each) => each.device === device)
  if (known?.isThis === true) return t('audit.thisDevice', { device: device.slice(-6) })
  return [known?.owner, device.slice(-6)].filter((part) => part !== undefined).join(' · ')
}
