import { growsLinearly } from './grows-linearly.ts'
import { dnsNames } from './worst-inputs/dns.ts'

growsLinearly(dnsNames)
