import * as v from 'valibot'

/** The conditions of the network for this module and its SIM. Every field can change while the module runs. */
export const networkConditions = v.strictObject({
  /** How a registration ends. `none` means no coverage: the search goes on. */
  registration: v.picklist(['home', 'roaming', 'denied', 'none']),
  /** The value of +CSQ while there is coverage: 0 to 31, or 99 for not known. */
  signalQuality: v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31)), v.literal(99)]),
  /** Whether packet service is granted (refusal: GPRS service not allowed). */
  packetService: v.picklist(['allowed', 'refused']),
  /** Existing APNs, in any case. An empty one stands for a context without APN. */
  apns: v.union([v.literal('any'), v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(20))]),
  /** The reason given for an unknown APN: that it does not exist, or none. */
  apnRefusal: v.picklist(['apn', 'other']),
  /** User and password that an APN demands; `null` to accept any. */
  credentials: v.nullable(
    v.strictObject({ user: v.pipe(v.string(), v.maxLength(30)), password: v.pipe(v.string(), v.maxLength(30)) })
  ),
  /** The delays of the network: some milliseconds, or the seconds of real networks. */
  latency: v.picklist(['quick', 'real'])
})

/** Some of the conditions. The others stay. */
export const networkChange = v.partial(networkConditions)

export type NetworkConditions = Readonly<v.InferOutput<typeof networkConditions>>
export type NetworkChange = Readonly<v.InferOutput<typeof networkChange>>

/** The default (D-29): home network, good signal (-71 dBm), any APN. */
export const openConditions: NetworkConditions = {
  registration: 'home',
  signalQuality: 21,
  packetService: 'allowed',
  apns: 'any',
  apnRefusal: 'apn',
  credentials: null,
  latency: 'quick'
}
