import { growsLinearly } from './grows-linearly.ts'
import { ftpReplies } from './worst-inputs/ftp.ts'

growsLinearly(ftpReplies)
