import { describe } from 'vitest'
import { openLab } from './lab.ts'
import { describeOrchestrator } from './suites/all.ts'

describe('the orchestrator on SQLite', () => describeOrchestrator((options = {}) => openLab(options)))
