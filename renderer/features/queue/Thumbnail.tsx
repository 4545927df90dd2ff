import { IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import { thumbnailUrl } from '../../../shared/rpc/dataUrl.ts'
import classes from './TaskTable.module.css'

/** A small picture of an asset that is cached, or a sign in its place. */
export function Thumbnail({ sha256, ready }: { sha256: Sha256 | undefined; ready: boolean }) {
  const [broken, setBroken] = useState(false)
  if (!ready || broken || sha256 === undefined) {
    return <span className={classes.thumbnail}><IconPhoto size={16} stroke={1.3} aria-hidden /></span>
  }
  return (
    <img
      className={classes.thumbnail} src={thumbnailUrl(sha256)} alt="" decoding="async"
      onError={() => setBroken(true)}
    />
  )
}
