// Report: the verdict in words, and the evidence in the formats that people and machines read.

export { render } from './render.ts';
export { differingRows, summarize } from './summary.ts';
