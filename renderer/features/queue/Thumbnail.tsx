import { IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import type { AssetId } from '../../../shared/domain/ids.ts'
import classes from './TaskTable.module.css'

/** A small picture of an asset that is cached, or a sign in its place. */
export function Thumbnail({ assetId, ready }: { assetId: AssetId; ready: boolean }) {
  const [broken, setBroken] = useState(false)
  if (!ready || broken) {
    return <span className={classes.thumbnail}><IconPhoto size={16} stroke={1.3} aria-hidden /></span>
  }
  return (
    <img
      className={classes.thumbnail} src={`fieldmark-data://thumbnail-of/${encodeURIComponent(assetId)}`} alt="" decoding="async"
      onError={() => setBroken(true)}
    />
  )
}
