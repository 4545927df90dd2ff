import type { ReactNode } from 'react'
import classes from './Panel.module.css'

interface PanelSectionProps {
  title: string
  /** Behind the title, at the right. */
  aside?: ReactNode
  /** The section takes the room that the others leave, and scrolls. */
  grows?: boolean
  children: ReactNode
}

/** One part of the panel beside the image, with its name. */
export function PanelSection({ title, aside, grows = false, children }: PanelSectionProps) {
  return (
    <section className={classes.section} data-grows={grows || undefined} aria-label={title}>
      <header className={classes.sectionHead}>
        <h3 className={classes.sectionTitle}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  )
}
