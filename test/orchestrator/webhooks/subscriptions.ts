import { z } from 'zod'

/** Somebody who is told of events: all of them, or the types listed. */
const SubscriptionSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  secret: z.string().min(16),
  events: z.array(z.enum(['submission.received', 'review.created', 'comment.created', 'audit.forked'])).optional(),
})
export type Subscription = z.infer<typeof SubscriptionSchema>

/** The subscriptions in FIELDMARK_WEBHOOKS: a JSON array of {url, secret, events?}. @throws when it is set and unreadable. */
export function subscriptionsFromEnvironment(env: NodeJS.ProcessEnv): Subscription[] {
  const text = env['FIELDMARK_WEBHOOKS']
  return text ? z.array(SubscriptionSchema).parse(JSON.parse(text)) : []
}
