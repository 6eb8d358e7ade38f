export { kokuImage as image } from '@cost-onprem/contracts';
