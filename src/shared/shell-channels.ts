// Names of what passes between the page's preload script and the desktop shell.

export const shellChannels = {
  requestPort: 'drover:request-port',
  port: 'drover:port',
  pickFile: 'drover:pick-file',
  pickSave: 'drover:pick-save',
  printPdf: 'drover:print-pdf',
  command: 'drover:command',
} as const;
