import { render, screen } from '@testing-library/react'
import { useEffect } from 'react'
import { expect, it } from 'vitest'
import { useSessionState } from '../../../../renderer/features/annotate/useSessionState.ts'

/** Tells something as soon as it is there, as the canvas tells of its pixels. */
function Child({ say }: { say: () => void }) {
  useEffect(() => { say() }, [say])
  return null
}

function Session({ id }: { id: string }) {
  const [said, setSaid] = useSessionState(id, 'nothing')
  const [say] = [() => { if (said === 'nothing') setSaid(`said in ${id}`) }]
  return <><output>{said}</output><Child key={id} say={say} /></>
}

it('hears what a part of a new session says at once', () => {
  const { rerender } = render(<Session id="first" />)
  expect(screen.getByRole('status').textContent).toBe('said in first')
  rerender(<Session id="second" />)
  expect(screen.getByRole('status').textContent).toBe('said in second')
})
