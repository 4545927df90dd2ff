import {
  IconAlertTriangle, IconCircleCheck, IconCloudOff, IconDeviceDesktop, IconDeviceFloppy, IconEye, IconHelpCircle, IconKey, IconPlugConnectedX, IconRefresh, IconUpload, type Icon,
} from '@tabler/icons-react'
import type { ShownPhase } from './useSyncStatus.ts'

type Tone = 'good' | 'neutral' | 'warn' | 'bad'

const PHASES: Record<ShownPhase, { icon: Icon; tone: Tone }> = {
  synced: { icon: IconCircleCheck, tone: 'good' },
  waiting: { icon: IconUpload, tone: 'neutral' },
  syncing: { icon: IconRefresh, tone: 'neutral' },
  offline: { icon: IconCloudOff, tone: 'warn' },
  workOffline: { icon: IconCloudOff, tone: 'warn' },
  unauthorized: { icon: IconKey, tone: 'bad' },
  attention: { icon: IconAlertTriangle, tone: 'bad' },
  viewOnly: { icon: IconEye, tone: 'warn' },
  diskFull: { icon: IconDeviceFloppy, tone: 'bad' },
  notSaving: { icon: IconDeviceFloppy, tone: 'bad' },
  local: { icon: IconDeviceDesktop, tone: 'neutral' },
  lost: { icon: IconPlugConnectedX, tone: 'bad' },
  unknown: { icon: IconHelpCircle, tone: 'neutral' },
}

const TONE_COLORS: Record<Tone, string> = { good: 'var(--fm-good)', neutral: 'var(--fm-text-dim)', warn: 'var(--fm-warn)', bad: 'var(--fm-bad)' }

/** The sign of a phase; words always stand beside it. */
export function PhaseIcon({ phase, size }: { phase: ShownPhase; size: number }) {
  const { icon: Sign, tone } = PHASES[phase]
  return <Sign size={size} stroke={1.7} color={TONE_COLORS[tone]} aria-hidden />
}
