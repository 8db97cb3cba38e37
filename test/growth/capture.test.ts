import { growsLinearly } from './grows-linearly.ts'
import { captures, keyLogs } from './worst-inputs/captures.ts'

growsLinearly(captures)
growsLinearly(keyLogs)
