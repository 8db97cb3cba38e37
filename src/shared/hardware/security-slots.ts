/** The three slots in the order of the data type of `#SSLSECDATA` (G-3.3-1). */
export type SecuritySlot = 'client-certificate' | 'ca-certificate' | 'private-key'
export const securitySlots: readonly SecuritySlot[] = ['client-certificate', 'ca-certificate', 'private-key']
