import { ActionIcon, Tooltip } from '@mantine/core'
import type { useRovingIndex } from '@mantine/hooks'
import type { Icon } from '@tabler/icons-react'
import type { MouseEvent } from 'react'

/** What makes a button one of a bar that is walked through by arrow keys. */
export type BarItem = Pick<ReturnType<ReturnType<typeof useRovingIndex>['getItemProps']>, 'tabIndex' | 'onKeyDown' | 'ref'>

interface IconButtonProps {
  icon: Icon
  label: string
  /** The label with its hotkey; shown on hover. */
  hint?: string
  size?: number
  disabled?: boolean
  pressed?: boolean
  item?: BarItem
  onClick: () => void
}

/** A button that is an icon. A click does not take the keyboard from the image, so that Space still pans. */
export function IconButton({ icon: Sign, label, hint = label, size = 28, disabled = false, pressed, item, onClick }: IconButtonProps) {
  return (
    <Tooltip label={hint}>
      <ActionIcon
        size={size} aria-label={label} aria-pressed={pressed} variant={pressed ? 'light' : 'subtle'} color={pressed ? 'accent' : 'gray'}
        {...(item && { tabIndex: item.tabIndex, onKeyDown: item.onKeyDown, ref: item.ref })}
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
