import { liqPayAdapter } from '../adapters/liqpay/liqpay-adapter.ts'
import { mollieAdapter } from '../adapters/mollie/mollie-adapter.ts'
import { payPalAdapter } from '../adapters/paypal/paypal-adapter.ts'
import { stripeAdapter } from '../adapters/stripe/stripe-adapter.ts'
import { wayForPayAdapter } from '../adapters/wayforpay/wayforpay-adapter.ts'
import type { GatewayNeeds } from '../modules/payment-gateways/index.ts'
import type { Config } from '../platform/config.ts'
import type { KeyRing } from '../platform/secrets/key-ring.ts'

type Addresses = Pick<Config, 'stripeUrl' | 'mollieUrl' | 'payPalUrl' | 'wayForPayUrl' | 'liqPayUrl'>

/** All payment providers that gateways of tenants may be of, and what else those need. @param publicUrl where providers find this server */
export function gatewayNeeds(
  { stripeUrl, mollieUrl, payPalUrl, wayForPayUrl, liqPayUrl }: Addresses,
  secretKeyRing: KeyRing,
  publicUrl: () => string,
): GatewayNeeds {
  const gatewayAdapters = [
    stripeAdapter(stripeUrl),
    mollieAdapter(mollieUrl),
    payPalAdapter(payPalUrl),
    wayForPayAdapter(wayForPayUrl),
    liqPayAdapter(liqPayUrl),
  ]
  return { gatewayAdapters, secretKeyRing, publicUrl }
}
