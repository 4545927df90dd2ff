import { z } from 'zod'
import { DEFAULT_DISPLAY, DisplaySchema } from '../domain/display.ts'
import { DeviceIdSchema, UserIdSchema } from '../domain/ids.ts'
import { RoleSchema } from '../domain/role.ts'
import { ModelFilesSchema } from '../domain/segmentModel.ts'

/** Why a workspace is open for looking only: a newer program has changed its database, or its folder or disk takes nothing. */
export const ViewOnlyReasonSchema = z.enum(['databaseNewer', 'folderReadOnly', 'diskFull'])
export type ViewOnlyReason = z.infer<typeof ViewOnlyReasonSchema>

export const WorkspaceInfoSchema = z.object({
  kind: z.enum(['orchestrator', 'folder']),
  /** The orchestrator's URL or the folder's path. */
  source: z.string(),
  location: z.string(),
  user: z.object({ id: UserIdSchema, name: z.string(), roles: z.array(RoleSchema) }),
  deviceId: DeviceIdSchema,
  readOnly: z.union([z.literal(false), ViewOnlyReasonSchema]),
  versions: z.object({ app: z.string(), sqlite: z.string(), betterSqlite3: z.string() }),
})
export type WorkspaceInfo = z.infer<typeof WorkspaceInfoSchema>

export const HOTKEY_PRESETS = ['fieldmark', 'cvat', 'labelStudio', 'labelme'] as const

/** Which keys the person works with: those of a program they know, and their own for single commands (by id, as `@mantine/hooks` reads them). */
export const HotkeySettingsSchema = z.object({ preset: z.enum(HOTKEY_PRESETS), custom: z.record(z.string(), z.array(z.string().min(1).max(40)).max(4)) })
export type HotkeySettings = z.infer<typeof HotkeySettingsSchema>

/** How transfers may use the link: bytes a second for all of them together, if that is limited; over a metered link images wait until they are asked for. */
export const TransferSettingsSchema = z.object({ bytesPerSecond: z.int().min(10_000).max(10_000_000_000).optional(), metered: z.boolean() })
export type TransferSettings = z.infer<typeof TransferSettingsSchema>

/** The person's choices in this workspace. `diskBudgetBytes` limits the image cache. */
export const SettingsSchema = z.object({
  language: z.enum(['system', 'en', 'es']),
  colorScheme: z.enum(['system', 'light', 'dark']),
  diskBudgetBytes: z.number().min(50_000_000),
  transfers: TransferSettingsSchema,
  confidenceThreshold: z.number().min(0).max(1),
  display: DisplaySchema,
  hotkeys: HotkeySettingsSchema,
  /** The person's own segment-anything model, where one was chosen. */
  segmentModel: ModelFilesSchema.optional(),
})
export type Settings = z.infer<typeof SettingsSchema>

export const DEFAULT_SETTINGS: Settings = {
  language: 'system', colorScheme: 'system', diskBudgetBytes: 20_000_000_000, transfers: { metered: false }, confidenceThreshold: 0.5, display: DEFAULT_DISPLAY,
  hotkeys: { preset: 'fieldmark', custom: {} },
}
