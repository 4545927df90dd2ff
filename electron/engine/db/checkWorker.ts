import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { checkFile } from './checkCopy.ts'

// One check, then the thread ends.
parentPort?.postMessage(checkFile(z.string().parse(workerData)))
