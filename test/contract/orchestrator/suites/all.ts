import { describe } from 'vitest'
import type { OpenLab } from '../lab.ts'
import { auditSuite } from './audit.ts'
import { auditFeedSuite } from './auditFeed.ts'
import { commentsSuite } from './comments.ts'
import { faultsSuite } from './faults.ts'
import { goldSuite } from './gold.ts'
import { objectsSuite } from './objects.ts'
import { peopleSuite } from './people.ts'
import { pullSuite } from './pull.ts'
import { reviewsSuite } from './reviews.ts'
import { rollBackSuite } from './rollBack.ts'
import { rolesSuite } from './roles.ts'
import { submissionsSuite } from './submissions.ts'
import { versionsSuite } from './versions.ts'
import { webhooksSuite } from './webhooks.ts'

/** The contract of the orchestrator, the same for every database. */
export function describeOrchestrator(open: OpenLab): void {
  describe('people and devices', () => peopleSuite(open))
  describe('pull', () => pullSuite(open))
  describe('a restored server', () => rollBackSuite(open))
  describe('objects', () => objectsSuite(open))
  describe('submissions', () => submissionsSuite(open))
  describe('late work and versions', () => versionsSuite(open))
  describe('reviews and leases', () => reviewsSuite(open))
  describe('comments, results and corrections', () => commentsSuite(open))
  describe('gold tasks', () => goldSuite(open))
  describe('roles that change', () => rolesSuite(open))
  describe('audit', () => auditSuite(open))
  describe('audit for reviewers', () => auditFeedSuite(open))
  describe('webhooks', () => webhooksSuite(open))
  describe('faults', () => faultsSuite(open))
}
