import { growsLinearly } from './grows-linearly.ts'
import { certificates, slotFiles } from './worst-inputs/x509.ts'

growsLinearly(certificates)
growsLinearly(slotFiles)
