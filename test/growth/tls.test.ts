import { growsLinearly } from './grows-linearly.ts'
import { tls } from './worst-inputs/tls.ts'

growsLinearly(tls)
