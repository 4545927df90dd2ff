import { createHmac } from 'node:crypto'

/**
 * The header `Fieldmark-Signature: t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 of `<t>.<body>` with the subscription's secret, so
 * that a receiver can refuse what is forged or old.
 */
export function webhookSignature(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
