import { growsLinearly } from './grows-linearly.ts'
import { telnet } from './worst-inputs/telnet.ts'

growsLinearly(telnet)
