import * as v from 'valibot'

/** Whether the module's power supply is on. */
export const supplyChange = v.strictObject({ on: v.boolean() })

export type SupplyChange = v.InferOutput<typeof supplyChange>
