import * as v from 'valibot'

/** What the network is like for this module and its SIM; every field can change while the module runs. */
export const networkConditions = v.strictObject({
  /** How a request to register ends; `none` is no coverage: the search goes on. */
  registration: v.picklist(['home', 'roaming', 'denied', 'none']),
  /** As +CSQ gives it while there is coverage: 0..31, or 99 when it cannot be told. */
  signalQuality: v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31)), v.literal(99)]),
  /** Packet service: granted, or refused (GPRS service not allowed). */
  packetService: v.picklist(['allowed', 'refused']),
  /** Access point names that exist, in any case; an empty one stands for a context without APN. */
  apns: v.union([v.literal('any'), v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(20))]),
  /** What is said about an APN that does not exist: that it does not, or nothing in particular. */
  apnRefusal: v.picklist(['apn', 'other']),
  /** What an APN asks for; null: anything will do. */
  credentials: v.nullable(
    v.strictObject({ user: v.pipe(v.string(), v.maxLength(30)), password: v.pipe(v.string(), v.maxLength(30)) })
  ),
  /** How long the network takes: some milliseconds, or the seconds of the field. */
  latency: v.picklist(['quick', 'real'])
})

/** Some of the conditions; the others stay. */
export const networkChange = v.partial(networkConditions)

export type NetworkConditions = Readonly<v.InferOutput<typeof networkConditions>>
export type NetworkChange = Readonly<v.InferOutput<typeof networkChange>>

/** D-29: home, a good signal (-71 dBm), and any APN is good. */
export const openConditions: NetworkConditions = {
  registration: 'home',
  signalQuality: 21,
  packetService: 'allowed',
  apns: 'any',
  apnRefusal: 'apn',
  credentials: null,
  latency: 'quick'
}
