import type { WorkContext } from '../../work/context.ts'
import { TimeTravel } from '../../work/timeTravel.ts'
import { timelineChoices } from '../../work/timelineSources.ts'
import type { Jobs } from '../jobs.ts'
import type { Handlers } from '../server.ts'

interface TimelinePorts { context: WorkContext; jobs: Jobs }

/** How the labels of a task came to be. */
export function timelineHandlers({ context, jobs }: TimelinePorts): Pick<Handlers, 'timeline.choices' | 'timeline.open' | 'timeline.steps' | 'timeline.state' | 'timeline.restore'> {
  const timeTravel = new TimeTravel(context)
  return {
    'timeline.choices': ({ taskId }) => timelineChoices(context, taskId),
    'timeline.open': ({ jobId, ...ref }) => jobs.run(jobId, (signal, onProgress) => timeTravel.open(ref, signal, onProgress)),
    'timeline.steps': ({ offset, limit, ...ref }) => timeTravel.steps(ref, offset, limit),
    'timeline.state': ({ position, since, ...ref }) => timeTravel.state(ref, position, since),
    'timeline.restore': ({ position, ...ref }) => timeTravel.restore(ref, position),
  }
}
