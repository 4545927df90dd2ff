import { ActionIcon, Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { MouseEvent } from 'react'

interface IconButtonProps {
  icon: Icon
  label: string
  /** The label with its hotkey; shown on hover. */
  hint?: string
  size?: number
  disabled?: boolean
  pressed?: boolean
  onClick: () => void
}

/** A button that is an icon. A click does not take the keyboard from the image, so that Space still pans. */
export function IconButton({ icon: Sign, label, hint = label, size = 28, disabled = false, pressed, onClick }: IconButtonProps) {
  return (
    <Tooltip label={hint}>
      <ActionIcon
        size={size} aria-label={label} aria-pressed={pressed} variant={pressed ? 'light' : 'subtle'} color={pressed ? 'accent' : 'gray'}
        disabled={disabled} onMouseDown={keepKeyboard} onClick={onClick}
      >
        <Sign size={Math.round(size * 0.6)} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

export function keepKeyboard(event: MouseEvent): void {
  event.preventDefault()
}
