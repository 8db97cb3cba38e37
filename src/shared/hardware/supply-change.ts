import * as v from 'valibot'

/** The plug of the module's power supply: in or out. */
export const supplyChange = v.strictObject({ on: v.boolean() })

export type SupplyChange = v.InferOutput<typeof supplyChange>
